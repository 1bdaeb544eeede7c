using System.Data.Common;

namespace ShopFlow.Tests.Inventory;

public sealed class ReturnTests(InventoryUnderTest inventory) : IClassFixture<InventoryUnderTest>
{
    [Fact]
    public async Task What_came_back_can_be_sold_again_and_counts_once_for_each_return()
    {
        var kettle = await inventory.StockAsync(5);
        var order = Guid.CreateVersion7();
        await inventory.PlaceAsync(order, (kettle, 3));
        await inventory.ConfirmAsync(order);
        var first = Guid.CreateVersion7();

        await inventory.ReturnAsync(order, first, (kettle, 1));
        await inventory.ReturnAsync(order, first, (kettle, 1));
        await inventory.ReturnAsync(order, Guid.CreateVersion7(), (kettle, 1));

        var levels = await inventory.LevelsAsync(kettle);
        Assert.Equal((4, 0, 1L), (levels.Available, levels.Reserved, levels.Sold));
        Assert.DoesNotContain(kettle, await inventory.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_was_sold_is_refused()
    {
        var kettle = await inventory.StockAsync(5);
        var order = Guid.CreateVersion7();
        await inventory.PlaceAsync(order, (kettle, 1));
        await inventory.ConfirmAsync(order);

        await Assert.ThrowsAnyAsync<DbException>(() => inventory.ReturnAsync(order, Guid.CreateVersion7(), (kettle, 2)));

        Assert.Equal(4, (await inventory.LevelsAsync(kettle)).Available);
    }
}
