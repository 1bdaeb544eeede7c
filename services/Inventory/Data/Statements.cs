using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ShopFlow.Inventory.Data;

internal static class Statements
{
    /// <summary>
    /// Runs a written-out statement on the context's connection, inside its transaction if there is one.
    /// It is planned once per physical connection, whatever the number of calls.
    /// </summary>
    public static async Task<List<T>> QueryAsync<T>(
        this DbContext db,
        string sql,
        IEnumerable<NpgsqlParameter> parameters,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = (NpgsqlCommand)db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            command.Transaction = (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
            foreach (var parameter in parameters)
                command.Parameters.Add(parameter);
            await command.PrepareAsync(cancellationToken);

            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default, cancellationToken);
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
