using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Orchestrator;

/// <summary>The commands to start, stop and restart a resource, offered in the states in which they make sense.</summary>
internal static class LifecycleCommands
{
    public static void Add(IResource resource)
    {
        resource.Annotations.Add(Command("start", "Start", "Play", IconVariant.Filled, isHighlighted: true, StartState, StartAsync));
        resource.Annotations.Add(Command("stop", "Stop", "Stop", IconVariant.Filled, isHighlighted: true, StopState, StopAsync));
        resource.Annotations.Add(Command(
            "restart", "Restart", "ArrowCounterclockwise", IconVariant.Regular, isHighlighted: false, RestartState, RestartAsync));
    }

    private static async Task RestartAsync(ApplicationOrchestrator orchestrator, ExecuteCommandContext context)
    {
        await orchestrator.StopInstanceAsync(context.ResourceName, context.CancellationToken);
        await orchestrator.StartInstanceAsync(context.ResourceName, context.CancellationToken);
    }

    private static Task StartAsync(ApplicationOrchestrator orchestrator, ExecuteCommandContext context) =>
        orchestrator.StartInstanceAsync(context.ResourceName, context.CancellationToken);

    private static Task StopAsync(ApplicationOrchestrator orchestrator, ExecuteCommandContext context) =>
        orchestrator.StopInstanceAsync(context.ResourceName, context.CancellationToken);

    private static ResourceCommandAnnotation Command(
        string name,
        string displayName,
        string icon,
        IconVariant variant,
        bool isHighlighted,
        Func<string?, ResourceCommandState> state,
        Func<ApplicationOrchestrator, ExecuteCommandContext, Task> execute) => new(
            name,
            displayName,
            context => state(context.ResourceSnapshot.State?.Text),
            async context =>
            {
                await execute(context.ServiceProvider.GetRequiredService<ApplicationOrchestrator>(), context);
                return CommandResults.Success();
            },
            $"{displayName} resource",
            parameter: null,
            confirmationMessage: null,
            icon,
            variant,
            isHighlighted);

    private static ResourceCommandState StartState(string? state) =>
        IsUnsettled(state) ? ResourceCommandState.Disabled
        : IsStopped(state) || state == KnownResourceStates.Waiting ? ResourceCommandState.Enabled
        : ResourceCommandState.Hidden;

    private static ResourceCommandState StopState(string? state) =>
        state == KnownResourceStates.Stopping ? ResourceCommandState.Disabled
        : IsUnsettled(state) || IsStopped(state) || state == KnownResourceStates.Waiting ? ResourceCommandState.Hidden
        : ResourceCommandState.Enabled;

    private static ResourceCommandState RestartState(string? state) =>
        IsUnsettled(state) || IsStopped(state) || state == KnownResourceStates.Waiting || state == KnownResourceStates.Stopping
            ? ResourceCommandState.Disabled
            : ResourceCommandState.Enabled;

    private static bool IsUnsettled(string? state) =>
        string.IsNullOrEmpty(state) || state == KnownResourceStates.Starting || state == KnownResourceStates.Building
        || state == KnownResourceStates.RuntimeUnhealthy;

    private static bool IsStopped(string? state) =>
        KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.NotStarted || state == "Unknown";
}
