using System.Diagnostics;
using ShopFlow.Inventory.Data;

namespace ShopFlow.Tests.Inventory;

public sealed class ReservationRaceTests(InventoryUnderTest inventory) : IClassFixture<InventoryUnderTest>
{
    private static readonly TimeSpan PastExpiry = TimeSpan.FromHours(1);

    [Fact]
    public async Task Checkout_of_the_last_5_units_by_32_buyers_sells_exactly_5()
    {
        for (var round = 0; round < 50; round++)
        {
            var kettle = await inventory.StockAsync(5);
            var orders = NewOrders(32);

            await Task.WhenAll(orders.Select(order => inventory.PlaceAsync(order, (kettle, 1))));

            var states = await StatesAsync(orders);
            Assert.Equal(5, states.Count(state => state == ReservationState.Held));
            Assert.Equal(27, states.Count(state => state == ReservationState.Rejected));
            var stock = await inventory.LevelsAsync(kettle);
            Assert.Equal((0, 5), (stock.Available, stock.Reserved));
        }
    }

    [Fact]
    public async Task Orders_that_name_their_SKUs_in_opposite_orders_do_not_deadlock()
    {
        var skus = new[] { await inventory.StockAsync(1000, "A"), await inventory.StockAsync(1000, "B"), await inventory.StockAsync(1000, "C") };
        var orders = NewOrders(200);

        await Parallel.ForEachAsync(orders.Index(), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (entry, _) =>
        {
            var lines = entry.Index % 2 == 0 ? skus : skus.Reverse();
            await inventory.PlaceAsync(entry.Item, [.. lines.Select(sku => (sku, 1))]);
            await (entry.Index % 3 == 0 ? inventory.CancelAsync(entry.Item) : inventory.ConfirmAsync(entry.Item));
        });

        foreach (var sku in skus)
        {
            var stock = await inventory.LevelsAsync(sku);
            Assert.Equal((867, 0, 133), (stock.Available, stock.Reserved, stock.Sold));
        }
    }

    [Fact]
    public async Task Twins_of_one_order_reserve_once()
    {
        for (var round = 0; round < 20; round++)
        {
            var kettle = await inventory.StockAsync(100);
            var order = Guid.CreateVersion7();

            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => inventory.PlaceAsync(order, (kettle, 3))));

            Assert.Equal(97, (await inventory.LevelsAsync(kettle)).Available);
            Assert.Equal(8, (await inventory.PublishedAsync(order)).Count);
        }
    }

    [Fact]
    public async Task Of_an_order_and_its_cancellation_at_once_nothing_stays_reserved()
    {
        for (var round = 0; round < 40; round++)
        {
            var kettle = await inventory.StockAsync(5);
            var order = Guid.CreateVersion7();

            await Task.WhenAll(
                inventory.PlaceAsync(order, (kettle, 2)),
                inventory.CancelAsync(order));

            var stock = await inventory.LevelsAsync(kettle);
            Assert.Equal((5, 0), (stock.Available, stock.Reserved));
            Assert.Equal(ReservationState.Released, await inventory.StateAsync(order));
        }
    }

    [Fact]
    public async Task Expiry_and_confirmation_of_the_last_unit_never_both_win()
    {
        for (var round = 0; round < 40; round++)
        {
            var kettle = await inventory.StockAsync(1);
            var (late, rival) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            await inventory.PlaceAsync(late, (kettle, 1));
            inventory.Time.Advance(PastExpiry);

            await Task.WhenAll(
                inventory.ConfirmAsync(late),
                inventory.ExpireAsync(),
                inventory.PlaceAsync(rival, (kettle, 1)));

            var outcome = (await inventory.StateAsync(late), await inventory.StateAsync(rival));
            Assert.Contains(outcome, new (ReservationState?, ReservationState?)[]
            {
                (ReservationState.Confirmed, ReservationState.Rejected),
                (ReservationState.Unfilled, ReservationState.Held),
            });
            var stock = await inventory.LevelsAsync(kettle);
            Assert.Equal((0, 1L), (stock.Available, stock.Reserved + stock.Sold));
        }
    }

    [Fact]
    public async Task One_hot_SKU_serves_hundreds_of_buyers_and_adds_up()
    {
        const int Buyers = 2000;
        var kettle = await inventory.StockAsync(1500);
        var orders = NewOrders(Buyers);

        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(orders, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (order, _) =>
            await inventory.PlaceAsync(order, (kettle, 1)));
        var rate = Buyers / clock.Elapsed.TotalSeconds;

        TestContext.Current.TestOutputHelper?.WriteLine($"{rate:0} orders/s for one SKU, inbox and outbox included");
        var stock = await inventory.LevelsAsync(kettle);
        Assert.Equal((0, 1500), (stock.Available, stock.Reserved));
        Assert.Equal(1501, stock.Revision);
    }

    private static List<Guid> NewOrders(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];

    private async Task<List<ReservationState?>> StatesAsync(IEnumerable<Guid> orders)
    {
        var states = new List<ReservationState?>();
        foreach (var order in orders)
            states.Add(await inventory.StateAsync(order));
        return states;
    }
}
