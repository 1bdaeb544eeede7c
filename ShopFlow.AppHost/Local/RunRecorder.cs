using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ShopFlow.AppHost.Local;

/// <summary>Keeps <see cref="RunFiles"/> up to date with the states and logs of all resources. It uses what any observer of the model
/// sees, so that <c>./shopflow</c> needs no private channel to the host.</summary>
internal sealed class RunRecorder(
    RunFiles files,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    IConfiguration configuration,
    ILogger<RunRecorder> logger) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan s_writeInterval = TimeSpan.FromMilliseconds(100);

    private readonly SortedDictionary<string, ResourceEvent> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _logCopies = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _recording = Task.CompletedTask;
    private bool _changed = true;

    // From before the first resource starts until the last one has stopped.
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        files.Clear();
        _recording = Task.WhenAll(FollowAsync(_stop.Token), WriteAsync(_stop.Token));
        return Task.CompletedTask;
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        try
        {
            await _recording;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }

        files.Forget();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stop.Dispose();

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in notifications.WatchAsync(cancellationToken))
        {
            if (change.Snapshot.IsHidden)
                continue;

            lock (_resources)
            {
                _resources[change.ResourceId] = change;
                _changed = true;
            }

            if (!_logCopies.TryGetValue(change.ResourceId, out var copy) || copy.IsCompleted)
                _logCopies[change.ResourceId] = CopyLogAsync(change.Resource.Name, change.ResourceId, cancellationToken);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_writeInterval);
        do
        {
            if (TakeStatus() is { } status)
                files.Write(status);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private RunStatus? TakeStatus()
    {
        lock (_resources)
        {
            if (!_changed)
                return null;

            _changed = false;
            return new RunStatus(
                Environment.ProcessId,
                Assembly.GetEntryAssembly()!.GetName().Name!,
                DashboardLogin(),
                UrlOf("gateway"),
                UrlOf("storefront"),
                UrlOf("admin"),
                [.. _resources.Values.Select(Describe)]);
        }
    }

    private async Task CopyLogAsync(string resource, string instance, CancellationToken cancellationToken)
    {
        try
        {
            using var file = files.LogOf(resource, instance);
            await foreach (var lines in logs.WatchAsync(instance).WithCancellation(cancellationToken))
                file.Write(lines.Select(line => line.Content));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (IOException e)
        {
            logger.LogWarning(e, "The log of {Resource} is no longer written to its file", instance);
        }
    }

    private string? DashboardLogin()
    {
        var address = configuration["ASPNETCORE_URLS"]?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        var token = configuration["AppHost:BrowserToken"];
        return address is null ? null : token is null ? address : $"{address.TrimEnd('/')}/login?t={token}";
    }

    private string? UrlOf(string resource) => _resources.Values
        .Where(instance => instance.Resource.Name == resource)
        .SelectMany(instance => instance.Snapshot.Urls)
        .Where(url => url is { Name: "http", IsInactive: false })
        .Select(url => new Uri(url.Url).GetLeftPart(UriPartial.Authority))
        .FirstOrDefault();

    private static ResourceStatus Describe(ResourceEvent instance)
    {
        var snapshot = instance.Snapshot;
        return new ResourceStatus(
            instance.Resource.Name,
            instance.ResourceId,
            snapshot.ResourceType,
            snapshot.State?.Text,
            snapshot.HealthStatus?.ToString(),
            snapshot.ExitCode,
            Convert.ToInt32(snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value),
            [.. snapshot.Urls.Where(url => !url.IsInactive).Select(url => url.Url)]);
    }
}
