using Npgsql;

namespace ShopFlow.Messaging;

/// <summary>The relay's statements, all on one connection and inside one transaction.</summary>
internal static class OutboxTable
{
    // pk_outbox_messages, from the left; the few rows that are held back are walked over. Rows that another relay has claimed are
    // skipped, so replicas share the work, and a relay that dies lets go of its rows with its connection.
    private const string Claim = """
        select position, id, name, payload, trace_parent, occurred_at
        from outbox_messages
        where held_until is null or held_until <= @now
        order by position
        limit @batch_size
        for update skip locked
        """;

    // pk_outbox_messages. A sent row is of no use to anybody: it goes, and the table stays as small as what is to be sent.
    private const string Delete = "delete from outbox_messages where position = any(@sent)";

    private const string Hold = """
        update outbox_messages o
        set held_until = held.until
        from unnest(@held, @untils) as held (position, until)
        where o.position = held.position
        """;

    private const string Notify = $"notify {OutboxSignal.Channel}";

    public static async Task<List<OutboxRow>> ClaimAsync(
        NpgsqlConnection connection, int batchSize, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Claim, connection);
        command.Parameters.Add(new("now", now));
        command.Parameters.Add(new("batch_size", batchSize));

        var rows = new List<OutboxRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(
                reader.GetInt64(0),
                reader.GetGuid(1),
                reader.GetString(2),
                reader.GetFieldValue<byte[]>(3),
                reader.IsDBNull(4) ? null : reader.GetString(4),
                reader.GetFieldValue<DateTimeOffset>(5)));
        }

        return rows;
    }

    /// <summary>Deletes what was sent, puts off what nobody wanted, and calls the other replicas if there is more, in one round trip.</summary>
    public static async Task SettleAsync(
        NpgsqlConnection connection,
        long[] sent,
        IReadOnlyList<(long Position, DateTimeOffset Until)> held,
        bool callOthers,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new(Delete) { Parameters = { new("sent", sent) } });
        if (held.Count > 0)
        {
            var positions = held.Select(row => row.Position).ToArray();
            var untils = held.Select(row => row.Until).ToArray();
            batch.BatchCommands.Add(new(Hold) { Parameters = { new("held", positions), new("untils", untils) } });
        }

        if (callOthers)
            batch.BatchCommands.Add(new(Notify));

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
