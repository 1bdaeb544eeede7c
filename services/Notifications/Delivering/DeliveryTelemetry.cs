using System.Diagnostics.Metrics;

namespace ShopFlow.Notifications.Delivering;

/// <summary>What waits, for how long, and what attempts come to, by channel: <c>email</c> or <c>webhook</c>.</summary>
internal sealed class DeliveryTelemetry : IDisposable
{
    public const string MeterName = "ShopFlow.Notifications";

    private readonly Meter _meter;
    private readonly Counter<long> _attempts;
    private volatile IReadOnlyList<Backlog> _backlogs = [];

    /// <param name="Channel">email or webhook.</param>
    /// <param name="Waiting">Deliveries that are to be sent.</param>
    /// <param name="Dead">Deliveries that were given up.</param>
    /// <param name="OldestSeconds">Age of the oldest that waits.</param>
    internal sealed record Backlog(string Channel, long Waiting, long Dead, double OldestSeconds);

    public DeliveryTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _attempts = _meter.CreateCounter<long>("shopflow.notifications.delivery.attempts", description: "Attempts to deliver, by channel and outcome.");
        _meter.CreateObservableGauge(
            "shopflow.notifications.deliveries.waiting", () => Measure(backlog => backlog.Waiting), description: "Deliveries that are to be sent.");
        _meter.CreateObservableGauge(
            "shopflow.notifications.deliveries.dead", () => Measure(backlog => backlog.Dead), description: "Deliveries that were given up.");
        _meter.CreateObservableGauge(
            "shopflow.notifications.deliveries.age", () => Measure(backlog => backlog.OldestSeconds), "s", "Age of the oldest delivery that waits.");
    }

    public void Set(IReadOnlyList<Backlog> backlogs) => _backlogs = backlogs;

    public void Count(IEnumerable<DeliveryOutcome> outcomes)
    {
        foreach (var alike in outcomes.CountBy(outcome => (IsWebhook: outcome.Delivery.WebhookId is not null, outcome.State)))
        {
            _attempts.Add(
                alike.Value,
                new("channel", alike.Key.IsWebhook ? "webhook" : "email"),
                new("outcome", alike.Key.State.ToString().ToLowerInvariant()));
        }
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<T>> Measure<T>(Func<Backlog, T> value)
        where T : struct =>
        _backlogs.Select(backlog => new Measurement<T>(value(backlog), new KeyValuePair<string, object?>("channel", backlog.Channel)));
}
