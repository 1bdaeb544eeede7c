using Npgsql;
using NpgsqlTypes;
using ShopFlow.Messaging;
using ShopFlow.Payments.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Payments.Settlement;

/// <summary>The statement that turns outcomes into states, ledger entries and events.</summary>
internal static class OutcomeTable
{
    // pk_payments. The number of attempts says whose claim it is: every claim counts it up. Rows are locked in the order of their
    // ids, as everybody does who locks more than one.
    private const string Write = """
        with outcomes as (
            select * from unnest(
                @ids, @attempts, @cancellations, @states, @references, @reasons, @urls, @captured, @due_ats)
                as o (id, attempts, is_cancelled, state, reference, decline_reason, challenge_url, captured, due_at)
        ),
        claimed as (
            select p.id, p.order_id, p.amount, p.currency
            from payments p
            join outcomes o on o.id = p.id and o.attempts = p.attempts and o.is_cancelled = p.is_cancelled
            where p.due_at is not null
            order by p.id
            for no key update of p
        ),
        written as (
            update payments p
            set state = o.state, reference = o.reference, decline_reason = o.decline_reason, challenge_url = o.challenge_url,
                captured = o.captured, due_at = o.due_at, updated_at = @now
            from outcomes o
            join claimed c on c.id = o.id
            where p.id = o.id
        ),
        entries as (
            insert into ledger (id, payment_id, order_id, kind, amount, currency, at)
            select e.id, c.id, c.order_id, e.kind, c.amount, c.currency, @now
            from unnest(@entry_ids, @entry_payments, @entry_kinds) as e (id, payment_id, kind)
            join claimed c on c.id = e.payment_id
        ),
        events as (
            insert into outbox_messages (id, name, payload, trace_parent, occurred_at)
            select e.id, e.name, e.payload::json, e.trace_parent, e.occurred_at
            from unnest(@event_ids, @event_payments, @event_names, @events, @event_traces, @event_times)
                as e (id, payment_id, name, payload, trace_parent, occurred_at)
            join claimed c on c.id = e.payment_id
        )
        select id from claimed
        """;

    private const string MakeDue = """
        update payments p
        set due_at = @now
        from unnest(@ids, @attempts) as o (id, attempts)
        where p.id = o.id and p.attempts = o.attempts and p.due_at is not null
        """;

    /// <returns>The payments that were still those that were claimed.</returns>
    public static async Task<HashSet<Guid>> WriteAsync(
        this PaymentsDbContext db, IReadOnlyList<PaymentOutcome> outcomes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var entries = outcomes.SelectMany(o => o.Movements, (o, kind) => (o.Payment.Id, Kind: kind)).ToList();
        var events = outcomes.Where(o => o.Event is not null)
            .Select(o => (Outcome: o, Message: db.ToOutboxMessage(o.Event!)))
            .ToList();
        NpgsqlParameter[] parameters =
        [
            .. Claims(outcomes),
            new("states", outcomes.Select(o => o.Payment.State.ToString()).ToArray()),
            Texts("references", outcomes.Select(o => o.Payment.Reference)),
            Texts("reasons", outcomes.Select(o => o.Payment.DeclineReason)),
            Texts("urls", outcomes.Select(o => o.Payment.ChallengeUrl)),
            new("captured", outcomes.Select(o => o.Payment.Captured).ToArray()),
            new("due_ats", outcomes.Select(o => o.Payment.DueAt).ToArray()),
            new("entry_ids", entries.ConvertAll(_ => Guid.CreateVersion7(now)).ToArray()),
            new("entry_payments", entries.ConvertAll(e => e.Id).ToArray()),
            new("entry_kinds", entries.ConvertAll(e => e.Kind.ToString()).ToArray()),
            new("event_ids", events.ConvertAll(e => e.Message.Id).ToArray()),
            new("event_payments", events.ConvertAll(e => e.Outcome.Payment.Id).ToArray()),
            new("event_names", events.ConvertAll(e => e.Message.Name).ToArray()),
            new("events", events.ConvertAll(e => e.Message.Payload).ToArray()),
            Texts("event_traces", events.Select(e => e.Outcome.TraceParent)),
            new("event_times", events.ConvertAll(e => e.Message.OccurredAt).ToArray()),
            new("now", now),
        ];

        var written = await db.QueryAsync(Write, parameters, row => row.GetGuid(0), cancellationToken);
        if (events.Count > 0)
            db.WakeOutbox();
        return [.. written];
    }

    /// <summary>Has payments that are still claimed by these attempts looked at again at once.</summary>
    public static Task MakeDueAsync(
        this PaymentsDbContext db, IReadOnlyList<PaymentOutcome> outcomes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters = [.. Claims(outcomes).Take(2), new("now", now)];
        return db.ExecuteAsync(MakeDue, parameters, cancellationToken);
    }

    private static IEnumerable<NpgsqlParameter> Claims(IReadOnlyList<PaymentOutcome> outcomes) =>
    [
        new("ids", outcomes.Select(o => o.Payment.Id).ToArray()),
        new("attempts", outcomes.Select(o => o.Payment.Attempts).ToArray()),
        new("cancellations", outcomes.Select(o => o.Payment.IsCancelled).ToArray()),
    ];

    private static NpgsqlParameter Texts(string name, IEnumerable<string?> values) =>
        new(name, NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = values.ToArray() };
}
