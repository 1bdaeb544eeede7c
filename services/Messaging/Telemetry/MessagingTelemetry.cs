using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ShopFlow.Messaging;

/// <summary>Spans and figures of the outbox and the consumers.</summary>
internal sealed class MessagingTelemetry : IDisposable
{
    public const string Name = "ShopFlow.Messaging";

    public static readonly ActivitySource Source = new(Name);

    private readonly Meter meter;
    private readonly Counter<long> published;
    private readonly Counter<long> unrouted;
    private readonly Counter<long> consumed;
    private readonly Counter<long> repeated;
    private readonly Counter<long> retried;
    private readonly Counter<long> dead;
    private readonly Histogram<double> handling;

    public MessagingTelemetry(IMeterFactory meters)
    {
        meter = meters.Create(Name);
        published = meter.CreateCounter<long>("shopflow.messaging.published", "{event}", "Events that the broker has confirmed");
        unrouted = meter.CreateCounter<long>("shopflow.messaging.unrouted", "{event}", "Events that no queue wanted, set aside");
        consumed = meter.CreateCounter<long>("shopflow.messaging.consumed", "{event}", "Events handled");
        repeated = meter.CreateCounter<long>("shopflow.messaging.repeated", "{event}", "Deliveries of events handled before");
        retried = meter.CreateCounter<long>("shopflow.messaging.retried", "{event}", "Deliveries that failed and wait for another try");
        dead = meter.CreateCounter<long>("shopflow.messaging.dead", "{event}", "Deliveries that ended in a dead-letter queue");
        handling = meter.CreateHistogram(
            "shopflow.messaging.handling",
            "s",
            "Time a handler took, its transaction included",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });

        meter.CreateObservableGauge("shopflow.outbox.depth", () => OutboxDepth, "{event}", "Events that wait in the outbox");
        meter.CreateObservableGauge("shopflow.outbox.age", () => OutboxAge.TotalSeconds, "s", "Age of the oldest event in the outbox");
    }

    public long OutboxDepth { get; set; }

    public TimeSpan OutboxAge { get; set; }

    public void Published(string name) => published.Add(1, Event(name));

    public void Unrouted(string name) => unrouted.Add(1, Event(name));

    public void Consumed(string queue, string name, TimeSpan elapsed)
    {
        consumed.Add(1, Event(name), Queue(queue));
        handling.Record(elapsed.TotalSeconds, Event(name), Queue(queue));
    }

    public void Repeated(string queue, string name) => repeated.Add(1, Event(name), Queue(queue));

    public void Retried(string queue, string name) => retried.Add(1, Event(name), Queue(queue));

    public void Dead(string queue, string name) => dead.Add(1, Event(name), Queue(queue));

    public void Dispose() => meter.Dispose();

    /// <summary>The span of one event on its way to the broker, in the trace of whoever published it.</summary>
    public static Activity? StartSending(string eventName, Guid id, string? traceParent)
    {
        var activity = Source.StartActivity($"send {eventName}", ActivityKind.Producer, traceParent);
        return Describe(activity, Topology.Exchange, "send", id);
    }

    /// <summary>The span of one event being handled, in the trace of whoever published it.</summary>
    public static Activity? StartProcessing(string queue, string eventName, string? id, string? traceParent)
    {
        // Called remote, so that a trace that is not taken has a span too, which hands its id on.
        var parent = ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var context) ? context : default;
        var activity = Source.StartActivity($"process {eventName}", ActivityKind.Consumer, parent);
        return Describe(activity, queue, "process", id);
    }

    // https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
    private static Activity? Describe(Activity? activity, string destination, string operation, object? id) => activity?
        .SetTag("messaging.system", "rabbitmq")
        .SetTag("messaging.destination.name", destination)
        .SetTag("messaging.operation.type", operation)
        .SetTag("messaging.message.id", id?.ToString());

    private static KeyValuePair<string, object?> Event(string name) => new("event", name);

    private static KeyValuePair<string, object?> Queue(string name) => new("queue", name);
}
