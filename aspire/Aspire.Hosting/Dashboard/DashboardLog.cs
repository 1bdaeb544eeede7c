using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Passes what the dashboard complains of to the AppHost's log: the dashboard itself does not show its own.</summary>
internal sealed class DashboardLog(ResourceLoggerService logs, ILoggerFactory loggers)
{
    /// <summary>Runs until <paramref name="cancellationToken"/> fires.</summary>
    public async Task ForwardAsync(string instanceName, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var batch in logs.WatchAsync(instanceName).WithCancellation(cancellationToken))
            {
                foreach (var line in batch)
                {
                    Forward(line);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }

    /// <summary>A line is the orchestrator's time stamp and the dashboard's JSON.</summary>
    private void Forward(LogLine line)
    {
        try
        {
            using var entry = JsonDocument.Parse(line.Content[line.Content.IndexOf('{', StringComparison.Ordinal)..]);
            Forward(entry.RootElement);
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException or KeyNotFoundException or InvalidOperationException)
        {
            loggers.CreateLogger("Aspire.Hosting.Dashboard").Log(
                line.IsErrorMessage ? LogLevel.Error : LogLevel.Debug, "{Line}", line.Content);
        }
    }

    private void Forward(JsonElement entry)
    {
        var level = Enum.Parse<LogLevel>(entry.GetProperty("LogLevel").GetString()!);
        if (level < LogLevel.Warning)
        {
            return;
        }

        var logger = loggers.CreateLogger($"Aspire.Hosting.Dashboard.{entry.GetProperty("Category").GetString()}");
        logger.Log(
            level,
            "{Message} {Exception}",
            entry.GetProperty("Message").GetString(),
            entry.TryGetProperty("Exception", out var exception) ? exception.GetString() : "");
    }
}
