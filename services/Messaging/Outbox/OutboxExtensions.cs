using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using ShopFlow.Contracts;

namespace ShopFlow.Messaging;

public static class OutboxExtensions
{
    /// <summary>
    /// Adds an event to the outbox, together with its trace context. It is sent if, and only if, the DbContext's
    /// transaction commits; without a transaction SaveChanges is one. Delivery is at least once, and in no promised order.
    /// </summary>
    /// <param name="db">Where it happened.</param>
    /// <param name="e">What happened.</param>
    /// <param name="causedBy">The event that it follows from, whose trace it continues; without one, the current trace.</param>
    public static void Publish(this DbContext db, IntegrationEvent e, IntegrationEvent? causedBy = null) =>
        db.Set<OutboxMessage>().Add(db.ToOutboxMessage(e, causedBy));

    /// <summary>
    /// The row of an event, for a statement that writes it together with other rows. Nobody sees such a statement commit:
    /// <see cref="WakeOutbox"/> then has the event sent at once.
    /// </summary>
    public static OutboxMessage ToOutboxMessage(this DbContext db, IntegrationEvent e, IntegrationEvent? causedBy = null)
    {
        if (e.OccurredAt == default)
        {
            e = e with { OccurredAt = db.GetService<TimeProvider>().GetUtcNow() };
        }

        return new()
        {
            Id = e.Id,
            Name = EventNameAttribute.Of(e.GetType()),
            Payload = EventJson.Serialize(e),
            TraceParent = causedBy?.TraceParent ?? Activity.Current?.Id,
            OccurredAt = e.OccurredAt,
        };
    }

    /// <summary>Has the relay of this process look for events now.</summary>
    public static void WakeOutbox(this DbContext db) => db.GetService<OutboxSignal>().Set();
}
