using Microsoft.Extensions.DependencyInjection;

namespace Aspire.StandIn.Tests.Run;

/// <summary>A model that a test writes and runs; its processes end with it.</summary>
internal sealed class RunningModel : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly DistributedApplication _application;

    private RunningModel(DistributedApplication application) => _application = application;

    public DistributedApplication Application => _application;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Builds the model and begins to start it: <c>StartAsync</c> itself would wait for every resource.</summary>
    public static RunningModel Begin(Action<IDistributedApplicationBuilder> model) => Begin(model, withDashboard: false);

    private static RunningModel Begin(Action<IDistributedApplicationBuilder> model, bool withDashboard, params string[] settings)
    {
        var running = Build(model, withDashboard, settings);
        running.Started = running._application.StartAsync(Cancellation);

        return running;
    }

    public static Task<RunningModel> StartAsync(Action<IDistributedApplicationBuilder> model, params string[] settings) =>
        StartAsync(model, withDashboard: false, settings);

    public static async Task<RunningModel> StartAsync(
        Action<IDistributedApplicationBuilder> model, bool withDashboard, params string[] settings)
    {
        var running = Begin(model, withDashboard, settings);
        try
        {
            await running.Started.WaitAsync(Limit, Cancellation);
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }

        return running;
    }

    public Task Started { get; private set; } = Task.CompletedTask;

    public Task<ResourceEvent> WaitForAsync(string resource, string state) =>
        WaitForAsync(resource, change => change.Snapshot.State?.Text == state);

    public Task<ResourceEvent> WaitForAsync(string resource, Func<ResourceEvent, bool> predicate) =>
        _application.ResourceNotifications.WaitForResourceAsync(resource, predicate, Cancellation).WaitAsync(Limit, Cancellation);

    public Task<ResourceEvent> WaitUntilHealthyAsync(string resource) =>
        _application.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.WaitOnResourceUnavailable, Cancellation)
            .WaitAsync(Limit, Cancellation);

    public IResource Resource(string name) =>
        _application.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == name);

    /// <summary>The name of the resource's only process.</summary>
    public string InstanceOf(string name) => _application.ResourceNotifications.TryGetCurrentState(name, out var current)
        ? current.ResourceId
        : throw new InvalidOperationException($"There is no resource '{name}'.");

    public async Task<LogLine[]> ReadLogAsync(string name)
    {
        var logs = _application.Services.GetRequiredService<ResourceLoggerService>();
        var lines = new List<LogLine>();
        await foreach (var batch in logs.GetAllAsync(InstanceOf(name)).WithCancellation(Cancellation))
        {
            lines.AddRange(batch);
        }

        return [.. lines];
    }

    public Task<ExecuteCommandResult> ExecuteAsync(string resource, string command) =>
        _application.ResourceCommands.ExecuteCommandAsync(Resource(resource), command, Cancellation).WaitAsync(Limit, Cancellation);

    /// <summary>Waits until the resource has written a line that contains the text.</summary>
    public async Task<LogLine> WaitForLineAsync(string instance, string text)
    {
        var logs = _application.Services.GetRequiredService<ResourceLoggerService>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Limit);

        await foreach (var batch in logs.WatchAsync(instance).WithCancellation(limit.Token))
        {
            if (batch.FirstOrDefault(line => line.Content.Contains(text, StringComparison.Ordinal)) is { Content: not null } found)
            {
                return found;
            }
        }

        throw new InvalidOperationException($"The log of {instance} has ended without '{text}'.");
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }

    private static RunningModel Build(Action<IDistributedApplicationBuilder> model, bool withDashboard, string[] settings)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args =
            [
                $"DcpPublisher:CliPath={Bundle.Orchestrator}",
                $"DcpPublisher:DashboardPath={Bundle.Dashboard}",
                "DcpPublisher:RandomizePorts=true",
                .. settings,
            ],
            DisableDashboard = !withDashboard,
        });
        model(builder);

        return new RunningModel(builder.Build());
    }
}
