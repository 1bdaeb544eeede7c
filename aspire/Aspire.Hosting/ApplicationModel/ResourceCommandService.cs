using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs the commands that resources offer, on behalf of the dashboard, a test or other code.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services) =>
        (_notifications, _loggers, _services) = (notifications, loggers, services);

    /// <param name="resourceId">The id of one instance, or the name of a resource that has only one.</param>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId,
        string commandName,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resourceId);
        ArgumentNullException.ThrowIfNull(commandName);

        return _notifications.TryGetCurrentState(resourceId, out var current)
            ? ExecuteAsync(current.Resource, current.ResourceId, commandName, cancellationToken)
            : Task.FromResult(CommandResults.Failure($"Resource '{resourceId}' not found."));
    }

    /// <summary>Runs a command on every instance at once; it succeeds when it does on all of them.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource,
        string commandName,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(commandName);

        var resourceIds = resource.GetResolvedResourceNames();
        var results = await Task.WhenAll(
            resourceIds.Select(resourceId => ExecuteAsync(resource, resourceId, commandName, cancellationToken)));

        if (results is [var only])
        {
            return only;
        }

        var failures = results.Zip(resourceIds).Where(pair => pair.First is { Success: false, Canceled: false }).ToList();
        if (failures.Count > 0)
        {
            var messages = failures.Select(failure => $"Resource '{failure.Second}' failed with error message: {failure.First.Message}");
            return CommandResults.Failure($"{failures.Count} command executions failed. {string.Join(' ', messages)}");
        }

        return results.FirstOrDefault(result => result.Canceled) ?? CommandResults.Success();
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(
        IResource resource,
        string resourceId,
        string commandName,
        CancellationToken cancellationToken)
    {
        var logger = _loggers.GetLogger(resourceId);
        var command = resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(candidate => candidate.Name == commandName);

        if (command is null)
        {
            logger.LogInformation("Command '{CommandName}' not available.", commandName);
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{resourceId}'.");
        }

        logger.LogInformation("Executing command '{CommandName}'.", commandName);

        try
        {
            var result = await command.ExecuteCommand(new ExecuteCommandContext
            {
                ResourceName = resourceId,
                ServiceProvider = _services,
                Logger = logger,
                CancellationToken = cancellationToken,
            });

            logger.LogInformation("Command '{CommandName}' {Outcome}. {Message}", commandName, Outcome(result), result.Message);
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Error executing command '{CommandName}'.", commandName);
            return CommandResults.Failure(exception);
        }
    }

    private static string Outcome(ExecuteCommandResult result) => result switch
    {
        { Success: true } => "executed successfully",
        { Canceled: true } => "was canceled",
        _ => "failed",
    };
}
