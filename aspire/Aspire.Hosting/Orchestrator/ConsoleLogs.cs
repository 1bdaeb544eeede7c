using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Dcp.Model;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Copies what each instance writes into the log of its resource, from its first line to its last.</summary>
internal sealed class ConsoleLogs(DcpHost dcp, ResourceLoggerService logs, ILogger<ConsoleLogs> logger)
{
    // By the object's uid: an instance that is started again is another object of the same name.
    private readonly ConcurrentDictionary<string, LogCopy[]> _copies = new(StringComparer.Ordinal);

    /// <summary>Begins to copy. DCP has no log to give before the process exists.</summary>
    public void Follow<TSpec>(DcpKind<TSpec, ProcessStatus> kind, DcpObject<TSpec, ProcessStatus> instance)
    {
        if (instance.Metadata.Uid is { } uid && !string.IsNullOrEmpty(instance.Status?.State))
        {
            _copies.GetOrAdd(uid, _ => [Start(kind, instance.Name, "stdout"), Start(kind, instance.Name, "stderr")]);
        }
    }

    /// <summary>
    /// Copies the last lines before the end of the process is told, so that who waits for its end finds its whole log.
    /// </summary>
    public async Task FinishAsync<TSpec>(DcpKind<TSpec, ProcessStatus> kind, DcpObject<TSpec, ProcessStatus> instance)
    {
        if (instance.Metadata.Uid is { } uid && _copies.TryGetValue(uid, out var copies))
        {
            await Task.WhenAll(copies.Select(copy => copy.FinishAsync()));
        }

        if (instance.Status?.State is ProcessStates.FailedToStart)
        {
            await Copy(kind, instance.Name, "system").FinishAsync();
        }
    }

    private LogCopy Start<TSpec>(DcpKind<TSpec, ProcessStatus> kind, string name, string source)
    {
        var copy = Copy(kind, name, source);
        copy.Follow();

        return copy;
    }

    private LogCopy Copy<TSpec>(DcpKind<TSpec, ProcessStatus> kind, string name, string source) => new(
        follow => dcp.Client.ReadLogAsync(kind, name, source, follow, dcp.Stopping),
        line => logs.Append(name, line, isErrorMessage: source != "stdout"),
        logger,
        dcp.Stopping);
}
