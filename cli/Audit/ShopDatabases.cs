using Npgsql;

namespace ShopFlow.Cli.Audit;

/// <summary>The databases of a shop, by their names in the model. Every statement has a limit of time.</summary>
internal sealed class ShopDatabases(IReadOnlyDictionary<string, string> connectionStrings) : IAsyncDisposable
{
    private const int LimitSeconds = 120;

    private readonly Dictionary<string, NpgsqlDataSource> _sources = [];

    /// <summary>Those of services: each has an outbox.</summary>
    public IEnumerable<string> Names => connectionStrings.Keys.Where(name => name.EndsWith("db", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <exception cref="CommandFailedException">The database does not answer, or has not these tables.</exception>
    public async Task<List<T>> QueryAsync<T>(string database, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = Source(database).CreateCommand(sql);
            command.CommandTimeout = LimitSeconds;
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(read(reader));
            return rows;
        }
        catch (NpgsqlException e)
        {
            throw new CommandFailedException($"{database} cannot be audited: {e.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources.Values)
            await source.DisposeAsync();
    }

    private NpgsqlDataSource Source(string database)
    {
        if (_sources.TryGetValue(database, out var known))
            return known;

        if (!connectionStrings.TryGetValue(database, out var connectionString))
            throw new CommandFailedException($"The run does not say where {database} is.");

        return _sources[database] = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 2, Timeout = 5 });
    }
}
