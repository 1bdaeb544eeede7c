using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// One stream of one process. DCP ends a followed stream seconds after the process; instead of waiting for that,
/// the rest is read in one go when the process has ended.
/// </summary>
/// <param name="read">Reads the log from its beginning; true follows it.</param>
internal sealed class LogCopy(Func<bool, IAsyncEnumerable<string>> read, Action<string> append, ILogger logger, CancellationToken stopping)
{
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private Task _following = Task.CompletedTask;
    private int _copied;
    private int _finished;

    public void Follow() => _following = CopyAsync(follow: true, _ended.Token);

    /// <summary>Copies what is still missing. Only the first call does anything.</summary>
    public async Task FinishAsync()
    {
        if (Interlocked.Exchange(ref _finished, 1) == 0)
        {
            await _ended.CancelAsync();
            await _following;
            await CopyAsync(follow: false, stopping);
        }
    }

    private async Task CopyAsync(bool follow, CancellationToken cancellationToken)
    {
        var skip = _copied;
        try
        {
            await foreach (var line in read(follow).WithCancellation(cancellationToken))
            {
                if (skip-- <= 0)
                {
                    append(line);
                    _copied++;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException or DcpException)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                logger.LogDebug(e, "A log can no longer be read.");
            }
        }
    }
}
