using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;

namespace Aspire.RabbitMQ.Client;

/// <summary>Writes the events of the RabbitMQ client library to the log category "RabbitMQ.Client".</summary>
internal sealed class RabbitMQEventSourceLogForwarder(ILoggerFactory loggers) : IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger("RabbitMQ.Client");
    private readonly Lock _gate = new();
    private Listener? _listener;

    public void Start()
    {
        lock (_gate)
            _listener ??= new Listener(_logger);
    }

    public void Dispose() => _listener?.Dispose();

    private sealed class Listener : EventListener
    {
        private readonly ILogger? _logger;

        public Listener(ILogger logger)
        {
            _logger = logger;

            // The base constructor reports the sources that exist already before _logger is set.
            foreach (var source in EventSource.GetSources())
                Enable(source);
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (_logger is not null)
                Enable(eventSource);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (_logger is null || eventData.EventId < 0)
                return;

            var message = eventData.Payload is [var first, ..] ? first?.ToString() : null;
            var details = eventData.Payload is [_, IDictionary<string, object?> exception, ..] ? exception : null;
            var level = LevelOf(eventData.Level);

            if (details is null)
                _logger.Log(level, eventData.EventId, "{Message}", message ?? "<empty>");
            else
                _logger.Log(level, eventData.EventId, "{Message} {ExceptionType}: {ExceptionMessage}", message, details["Type"], details["Message"]);
        }

        private void Enable(EventSource source)
        {
            if (source.Name is "rabbitmq-client" or "rabbitmq-dotnet-client")
                EnableEvents(source, EventLevel.Verbose);
        }

        private static LogLevel LevelOf(EventLevel level) => level switch
        {
            EventLevel.Critical => LogLevel.Critical,
            EventLevel.Error => LogLevel.Error,
            EventLevel.Warning => LogLevel.Warning,
            EventLevel.Verbose => LogLevel.Debug,
            _ => LogLevel.Information,
        };
    }
}
