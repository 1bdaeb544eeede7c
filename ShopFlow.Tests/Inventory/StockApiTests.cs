using Microsoft.AspNetCore.Http;
using ShopFlow.Inventory.Stock;

namespace ShopFlow.Tests.Inventory;

public sealed class StockApiTests(InventoryUnderTest inventory) : IClassFixture<InventoryUnderTest>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Setting_the_available_units_leaves_an_adjustment_with_its_reason()
    {
        var kettle = await inventory.StockAsync(5);
        await inventory.PlaceAsync(Guid.CreateVersion7(), (kettle, 2));

        var levels = await inventory.AdjustAsync(kettle, 10, "delivery 4711");
        await inventory.AdjustAsync(kettle, 4, "broken in transit");

        Assert.Equal(new StockLevels(kettle, 10, 2, 0), levels);
        var history = await inventory.WithDbAsync(db => ListAdjustments.HandleAsync(kettle, db, Cancellation));
        var page = Value<ListAdjustments.AdjustmentPage>(history.Result);
        Assert.Equal([(-6, 4, "broken in transit"), (7, 10, "delivery 4711")], page.Adjustments.Select(a => (a.Delta, a.Available, a.Reason)));
        Assert.Equal(2, page.Total);
        Assert.DoesNotContain(kettle, await inventory.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_comes_in_pages()
    {
        var kettle = await inventory.StockAsync(0);
        foreach (var available in new[] { 1, 2, 3 })
        {
            await inventory.AdjustAsync(kettle, available);

            // Ids of one millisecond are in no order.
            var made = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            SpinWait.SpinUntil(() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() > made);
        }

        var first = Value<ListAdjustments.AdjustmentPage>(
            (await inventory.WithDbAsync(db => ListAdjustments.HandleAsync(kettle, db, Cancellation, limit: 2))).Result);
        var second = Value<ListAdjustments.AdjustmentPage>(
            (await inventory.WithDbAsync(db => ListAdjustments.HandleAsync(kettle, db, Cancellation, limit: 2, next: first.Next))).Result);

        Assert.Equal([3, 2], first.Adjustments.Select(a => a.Available));
        Assert.Equal([1], second.Adjustments.Select(a => a.Available));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task All_SKUs_come_in_pages_without_gaps_or_repeats()
    {
        await inventory.StockAsync(1);
        var (seen, next) = (new List<string>(), (string?)null);
        do
        {
            var result = await inventory.WithDbAsync(db => ListStock.HandleAsync(db, inventory.Options, Cancellation, limit: 50, next: next));
            var page = Value<ListStock.StockPage>(result.Result);
            seen.AddRange(page.Stock.Select(levels => levels.Sku));
            next = page.Next;
            Assert.True(next is not null || seen.Count == page.Total, "the last page ends at the total");
        }
        while (next is not null);

        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_SKU_is_found_by_a_part_of_it()
    {
        var kettle = await inventory.StockAsync(5);

        foreach (var (query, found) in ((string, int)[])[(kettle[1..].ToLowerInvariant(), 1), ($"{kettle}%", 0)])
        {
            var result = await inventory.WithDbAsync(db => ListStock.HandleAsync(db, inventory.Options, Cancellation, query: query));
            Assert.Equal(found, Value<ListStock.StockPage>(result.Result).Total);
        }
    }

    [Theory]
    [InlineData(-1, "count")]
    [InlineData(10_000_001, "count")]
    [InlineData(null, "count")]
    [InlineData(1, "")]
    [InlineData(1, null)]
    public async Task A_wrong_figure_or_a_missing_reason_is_refused(int? available, string? reason)
    {
        var kettle = await inventory.StockAsync(5);

        var result = await inventory.PutAsync(kettle, available, reason);

        Assert.Equal(StatusCodes.Status400BadRequest, ((IStatusCodeHttpResult)result).StatusCode);
        Assert.Equal(5, (await inventory.LevelsAsync(kettle)).Available);
    }

    [Fact]
    public async Task An_unknown_SKU_is_not_found()
    {
        var result = await inventory.PutAsync("NO-SUCH-SKU", 1, "count");

        Assert.Equal(StatusCodes.Status404NotFound, ((IStatusCodeHttpResult)result).StatusCode);
    }

    private static T Value<T>(IResult result) => Assert.IsType<T>(Assert.IsAssignableFrom<IValueHttpResult>(result).Value);
}
