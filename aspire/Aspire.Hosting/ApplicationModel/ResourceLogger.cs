using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the AppHost says about a resource, among the lines that its processes print.</summary>
internal sealed class ResourceLogger(IReadOnlyList<ResourceLog> logs, TimeProvider timeProvider) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        // The dashboard reads the time at the start of a line, as the orchestrator writes it.
        var time = timeProvider.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffffffK", CultureInfo.InvariantCulture)
            .Replace("+00:00", "Z", StringComparison.Ordinal);
        var content = $"{time} {formatter(state, exception)}{(exception is null ? "" : Environment.NewLine + exception)}";

        foreach (var log in logs)
        {
            log.Append(content, isErrorMessage: logLevel >= LogLevel.Error);
        }
    }
}
