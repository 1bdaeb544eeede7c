using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>Passes DCP's own log on to this process's log, at debug level: what it says concerns DCP, not the application.</summary>
internal sealed class DcpLogReader(ILoggerFactory loggers)
{
    /// <summary>Reads every connection that DCP's processes open until <paramref name="cancellationToken"/> fires.</summary>
    public async Task RunAsync(Socket listener, CancellationToken cancellationToken)
    {
        using var owned = listener;
        try
        {
            while (true)
            {
                var connection = await owned.AcceptAsync(cancellationToken);
                _ = ReadAsync(connection, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The application has stopped.
        }
    }

    private async Task ReadAsync(Socket connection, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger("Aspire.Hosting.Dcp");
        try
        {
            using var reader = new StreamReader(new NetworkStream(connection, ownsSocket: true));
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                Forward(line);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            logger.LogTrace(e, "A connection of DCP's log ended.");
        }
    }

    /// <summary>A line is time, level, category, text and details, separated by tabs.</summary>
    private void Forward(string line)
    {
        var parts = line.Split('\t', 4);
        if (parts.Length < 4)
        {
            loggers.CreateLogger("Aspire.Hosting.Dcp").LogDebug("{Line}", line);
            return;
        }

        var logger = loggers.CreateLogger($"Aspire.Hosting.Dcp.{parts[2]}");
        logger.Log(LevelOf(parts[1]), "{Level}: {Text}", parts[1], parts[3].Replace('\t', ' '));
    }

    private static LogLevel LevelOf(string text) => text is "debug" ? LogLevel.Trace : LogLevel.Debug;
}
