using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ShopFlow.Catalog.Data;

/// <summary>Statements written out, on the connection and in the transaction of a DbContext.</summary>
internal static class Statements
{
    public static async Task<List<T>> QueryAsync<T>(
        this DbContext db, string sql, IEnumerable<NpgsqlParameter> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
            foreach (var parameter in parameters)
                command.Parameters.Add(parameter);

            await using var reader = await command.ExecuteReaderAsync(cancellationToken);

            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(read(reader));

            return rows;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
