using System.Runtime.CompilerServices;
using Aspire.Hosting.Dcp.Model;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>A change of one object: <c>ADDED</c>, <c>MODIFIED</c> or <c>DELETED</c>.</summary>
internal sealed record DcpEvent<TSpec, TStatus>(string Type, DcpObject<TSpec, TStatus> Object)
    where TStatus : class
{
    public bool IsDeleted => Type == "DELETED";
}

/// <summary>A watch that survives a lost connection. What it has told already it does not tell again.</summary>
internal static class DcpWatch
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Ends only when <paramref name="cancellationToken"/> fires, without an exception.</summary>
    public static async IAsyncEnumerable<DcpEvent<TSpec, TStatus>> WatchAsync<TSpec, TStatus>(
        this DcpClient client, DcpKind<TSpec, TStatus> kind, ILogger logger, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TStatus : class
    {
        var seen = new Dictionary<string, string?>(StringComparer.Ordinal);
        var pause = FirstPause;

        while (!cancellationToken.IsCancellationRequested)
        {
            await using var changes = client.WatchOnceAsync(kind, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await MoveNextAsync(changes, kind.Plural, logger, cancellationToken))
            {
                pause = FirstPause;
                if (IsNew(seen, changes.Current))
                {
                    yield return changes.Current;
                }
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static async Task<bool> MoveNextAsync<T>(
        IAsyncEnumerator<T> changes, string what, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            return await changes.MoveNextAsync();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or DcpException)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                logger.LogDebug(e, "The watch of DCP's {What} was interrupted; connecting again.", what);
            }

            return false;
        }
    }

    private static bool IsNew<TSpec, TStatus>(Dictionary<string, string?> seen, DcpEvent<TSpec, TStatus> change)
        where TStatus : class
    {
        var metadata = change.Object.Metadata;
        if (change.IsDeleted)
        {
            return seen.Remove(metadata.Name);
        }

        var version = $"{metadata.Uid}/{metadata.ResourceVersion}";
        var isNew = !seen.TryGetValue(metadata.Name, out var known) || known != version;
        seen[metadata.Name] = version;

        return isNew;
    }
}
