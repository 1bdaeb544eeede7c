using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>This application's own DCP: started with it, ended with it.</summary>
internal sealed class DcpHost(DcpOptions options, ILoggerFactory loggers) : IAsyncDisposable
{
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = loggers.CreateLogger<DcpHost>();
    private readonly CancellationTokenSource _stopping = new();
    private DcpSession? _session;
    private DcpClient? _client;
    private Task _log = Task.CompletedTask;
    private int _stopped;

    public DcpClient Client => _client ?? throw new InvalidOperationException("The orchestrator has not started.");

    /// <summary>Fires when the application stops, before its processes do.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <exception cref="DistributedApplicationException">DCP is missing or does not get ready.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var path = DcpInstallation.Require(options.CliPath, "the orchestrator");
        _session = DcpSession.Create();
        _log = new DcpLogReader(loggers).RunAsync(_session.ListenForLog(), _stopping.Token);

        var kubeconfig = await DcpProcess.StartAsync(path, _session, options, cancellationToken);
        _client = new DcpClient(kubeconfig);
        await _client.WaitUntilReadyAsync(cancellationToken);
        _logger.LogDebug("The orchestrator listens at {Address}.", kubeconfig.Server);
    }

    /// <summary>Ends every process and DCP itself, and waits until nothing is left.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_session is null || Interlocked.Exchange(ref _stopped, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        if (_client is not null)
        {
            await ShutDownAsync(_client, _session, cancellationToken);
        }

        await _log;
        _session.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _client?.Dispose();
        _stopping.Dispose();
    }

    private async Task ShutDownAsync(DcpClient client, DcpSession session, CancellationToken cancellationToken)
    {
        try
        {
            await client.ShutDownAsync(cancellationToken);
            if (!await session.WaitUntilGoneAsync(CleanUpLimit))
            {
                _logger.LogWarning(
                    "Some processes have not ended within {Seconds} s; the orchestrator ends them by force.", CleanUpLimit.TotalSeconds);
            }
        }
        catch (Exception e) when (e is DistributedApplicationException or HttpRequestException or OperationCanceledException)
        {
            // It watches this process and will do the same when this process has ended.
            _logger.LogDebug(e, "The orchestrator could not be asked to stop.");
        }
    }
}
