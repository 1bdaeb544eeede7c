using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Protocol;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Hosting.Dashboard;

/// <summary>The methods that the dashboard calls.</summary>
internal sealed class ResourceService(
    string applicationName, ResourceFeed feed, ResourceLoggerService logs, ResourceCommandService commands)
{
    public Task<ApplicationInformationResponse> GetApplicationInformation(
        ApplicationInformationRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ApplicationInformationResponse { ApplicationName = WithoutAppHost(applicationName) });

    public Task WatchResources(
        WatchResourcesRequest request, Func<WatchResourcesUpdate, Task> send, CancellationToken cancellationToken) =>
        feed.WatchAsync(send, cancellationToken);

    public async Task WatchConsoleLogs(
        WatchConsoleLogsRequest request, Func<WatchConsoleLogsUpdate, Task> send, CancellationToken cancellationToken)
    {
        var batches = request.SuppressFollow ? logs.GetAllAsync(request.ResourceName) : logs.WatchAsync(request.ResourceName);
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            await send(new WatchConsoleLogsUpdate { LogLines = { batch.Select(Line) } });
        }
    }

    public async Task<CommandResponse> ExecuteCommand(CommandRequest request, CancellationToken cancellationToken)
    {
        var result = await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, cancellationToken);
        var response = new CommandResponse
        {
            Kind = result.Success ? CommandOutcome.Succeeded : result.Canceled ? CommandOutcome.Cancelled : CommandOutcome.Failed,
        };
        if (result.Message is { } message)
        {
            response.Message = message;
        }

        return response;
    }

    private static ConsoleLogLine Line(LogLine line) =>
        new() { Text = line.Content, IsStdErr = line.IsErrorMessage, LineNumber = line.LineNumber };

    private static string WithoutAppHost(string name)
    {
        var shorter = name.EndsWith("AppHost", StringComparison.OrdinalIgnoreCase) ? name[..^"AppHost".Length].TrimEnd('.') : name;

        return shorter.Length > 0 ? shorter : name;
    }
}

internal static class ResourceServiceRoutes
{
    private const string Prefix = "/aspire.v1.DashboardService/";

    public static void MapResourceService(this IEndpointRouteBuilder routes, ResourceService service)
    {
        routes.MapUnary(Prefix + "GetApplicationInformation", ApplicationInformationRequest.Parser, service.GetApplicationInformation);
        routes.MapUnary(Prefix + "ExecuteResourceCommand", CommandRequest.Parser, service.ExecuteCommand);
        routes.MapServerStream<WatchResourcesRequest, WatchResourcesUpdate>(
            Prefix + "WatchResources", WatchResourcesRequest.Parser, service.WatchResources);
        routes.MapServerStream<WatchConsoleLogsRequest, WatchConsoleLogsUpdate>(
            Prefix + "WatchResourceConsoleLogs", WatchConsoleLogsRequest.Parser, service.WatchConsoleLogs);
        routes.MapSilentStream(Prefix + "WatchInteractions", WatchInteractionsRequest.Parser);
    }
}
