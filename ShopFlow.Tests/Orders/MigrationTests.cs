using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults.Database;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Orders;

public sealed class MigrationTests(OrdersUnderTest orders, PostgresServer postgres) : IClassFixture<OrdersUnderTest>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refunds_from_before_their_lines_had_tax_are_taken_along()
    {
        var order = await PaidOrder.DeliveredAsync(orders);
        await RefundKettleAsync(order);
        await RefundKettleAsync(order);

        await orders.WithDbAsync(async db =>
        {
            var migrator = db.GetService<IMigrator>();
            await migrator.MigrateAsync("20261121075830_Promotions", Cancellation);
            await migrator.MigrateAsync(cancellationToken: Cancellation);
            return true;
        });
        await RefundKettleAsync(order);

        var refunds = await orders.WithDbAsync(db => db.Refunds.Include(refund => refund.Lines).Where(refund => refund.OrderId == order.Id).ToListAsync(Cancellation));
        Assert.Equal([177, 177, 178], refunds.Select(refund => refund.Tax).Order());
        Assert.All(refunds, refund => Assert.Equal(refund.Tax, Assert.Single(refund.Lines).Tax));
    }

    [Fact]
    public async Task Replicas_that_start_at_once_wait_for_the_one_that_migrates()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddDbContext<OrdersDbContext>(options => options.UseNpgsql(connectionString))
            .AddSingleton<DatabaseMigration<OrdersDbContext>>()
            .BuildServiceProvider();
        var migration = services.GetRequiredService<DatabaseMigration<OrdersDbContext>>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => migration.MigrateAsync(Cancellation)));

        var database = services.GetRequiredService<OrdersDbContext>().Database;
        Assert.Empty(await database.GetPendingMigrationsAsync(Cancellation));
        Assert.Equal(0, await database.SqlQuery<int>($"select count(*)::int as \"Value\" from pg_index where not indisvalid").SingleAsync(Cancellation));
    }

    private static async Task RefundKettleAsync(PaidOrder order)
    {
        using var refunded = await order.PostAsync("refunds", new { lines = new[] { new { sku = "KETTLE-1L", quantity = 1 } }, reason = "lost" });
        Assert.Equal(HttpStatusCode.Created, refunded.StatusCode);
    }
}
