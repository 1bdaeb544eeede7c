using System.Data;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Orders;

internal static class OrdersAudit
{
    /// <summary>The breaches that the audit finds, one a line.</summary>
    public static async Task<string> AuditAsync(this OrdersUnderTest orders)
    {
        var audit = await File.ReadAllTextAsync(RepositoryFiles.Path("services/Orders/Data/Audit.sql"));
        return await orders.WithDbAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = audit;
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default);
            var breaches = new List<string>();
            while (await reader.ReadAsync())
                breaches.Add($"{reader.GetString(0)} {reader.GetString(1)}: {reader.GetString(2)}");
            return string.Join('\n', breaches);
        });
    }
}
