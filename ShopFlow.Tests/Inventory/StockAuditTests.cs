using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ShopFlow.Tests.Inventory;

public sealed class StockAuditTests(InventoryUnderTest inventory) : IClassFixture<InventoryUnderTest>
{
    [Theory]
    [InlineData(1)]
    [InlineData(20_26)]
    [InlineData(987_654_321)]
    public async Task After_any_mix_of_operations_stock_adds_up(int seed)
    {
        var skus = new[] { await inventory.StockAsync(40, "A"), await inventory.StockAsync(40, "B"), await inventory.StockAsync(40, "C") };
        var orders = Enumerable.Range(0, 60).Select(_ => Guid.CreateVersion7()).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => OperateAsync(new(seed + worker), skus, orders)));

        var audit = await inventory.AuditAsync();
        Assert.All(skus, sku => Assert.DoesNotContain(sku, audit, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(4, 0, 0)]
    [InlineData(5, 0, 1)]
    [InlineData(-1, 6, 0)]
    public async Task The_database_refuses_figures_that_do_not_add_up(int available, int reserved, int sold)
    {
        var kettle = await inventory.StockAsync(5);

        await Assert.ThrowsAnyAsync<DbException>(() => inventory.WithDbAsync(db => db.Database.ExecuteSqlAsync(
            $"update stock set available = {available}, reserved = {reserved}, sold = {sold} where sku = {kettle}")));
    }

    [Fact]
    public async Task The_audit_finds_what_was_changed_behind_the_services_back()
    {
        var kettle = await inventory.StockAsync(5);
        await inventory.PlaceAsync(Guid.CreateVersion7(), (kettle, 2));

        await inventory.WithDbAsync(db => db.Database.ExecuteSqlAsync(
            $"update stock set reserved = 1, sold = 1 where sku = {kettle}"));

        var audit = await inventory.AuditAsync();
        Assert.Contains($"stock-reserved {kettle}", audit, StringComparison.Ordinal);
        Assert.Contains($"stock-sold {kettle}", audit, StringComparison.Ordinal);

        await inventory.WithDbAsync(db => db.Database.ExecuteSqlAsync(
            $"update stock set reserved = 2, sold = 0, initial = initial - 1, adjusted = adjusted + 1 where sku = {kettle}"));

        Assert.Contains($"stock-sum {kettle}", await inventory.AuditAsync(), StringComparison.Ordinal);
    }

    private async Task OperateAsync(Random random, string[] skus, Guid[] orders)
    {
        for (var step = 0; step < 60; step++)
        {
            var order = orders[random.Next(orders.Length)];
            switch (random.Next(10))
            {
                case < 5:
                    random.Shuffle(skus = [.. skus]);
                    await inventory.PlaceAsync(order, [.. skus.Take(random.Next(1, 4)).Select(sku => (sku, random.Next(1, 4)))]);
                    break;
                case 5 or 6:
                    await ConfirmIfPlacedAsync(order);
                    break;
                case 7:
                    await inventory.CancelAsync(order);
                    break;
                case 8:
                    inventory.Time.Advance(TimeSpan.FromMinutes(2));
                    await inventory.ExpireAsync();
                    break;
                default:
                    await inventory.AdjustAsync(skus[random.Next(skus.Length)], random.Next(50));
                    break;
            }
        }
    }

    // Confirming what was never reserved is an error by design.
    private async Task ConfirmIfPlacedAsync(Guid order)
    {
        var reservation = await inventory.ReservationAsync(order);
        if (reservation is { Lines.Count: > 0 })
            await inventory.ConfirmAsync(order);
    }
}
