using ShopFlow.Contracts;
using ShopFlow.Inventory.Data;
using ShopFlow.Inventory.Reservations;

namespace ShopFlow.Tests.Inventory;

public sealed class ReservationTests(InventoryUnderTest inventory) : IClassFixture<InventoryUnderTest>
{
    private static readonly TimeSpan PastExpiry = TimeSpan.FromHours(1);

    [Fact]
    public async Task An_order_that_fits_holds_all_its_lines()
    {
        var (kettle, cup) = (await inventory.StockAsync(5), await inventory.StockAsync(5));
        var order = Guid.CreateVersion7();

        await inventory.PlaceAsync(order, (kettle, 2), (cup, 5));

        Assert.Equal((3, 2, 0L), Figures(await inventory.LevelsAsync(kettle)));
        Assert.Equal((0, 5, 0L), Figures(await inventory.LevelsAsync(cup)));
        Assert.Equal(ReservationState.Held, await inventory.StateAsync(order));
        Assert.Equal(["inventory.stock-reserved"], await inventory.PublishedAsync(order));
    }

    [Fact]
    public async Task An_order_with_a_short_line_holds_nothing_and_is_told_which()
    {
        var (kettle, cup) = (await inventory.StockAsync(5), await inventory.StockAsync(1));
        var order = Guid.CreateVersion7();

        await inventory.PlaceAsync(order, (kettle, 2), (cup, 2), ("NO-SUCH-SKU", 1));

        Assert.Equal((5, 0, 0L), Figures(await inventory.LevelsAsync(kettle)));
        Assert.Equal((1, 0, 0L), Figures(await inventory.LevelsAsync(cup)));
        var reservation = await inventory.ReservationAsync(order);
        Assert.Equal(ReservationState.Rejected, reservation!.State);
        Assert.Equal(new[] { "NO-SUCH-SKU", cup }.Order(StringComparer.Ordinal), reservation.RejectedSkus!.Order(StringComparer.Ordinal));
        Assert.Empty(reservation.Lines);
        Assert.Equal(["inventory.stock-rejected"], await inventory.PublishedAsync(order));
    }

    [Fact]
    public async Task Lines_of_the_same_SKU_count_together()
    {
        var kettle = await inventory.StockAsync(5);
        var (tooMany, fits) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await inventory.PlaceAsync(tooMany, (kettle, 3), (kettle, 3));
        await inventory.PlaceAsync(fits, (kettle, 3), (kettle, 2));

        Assert.Equal(ReservationState.Rejected, await inventory.StateAsync(tooMany));
        Assert.Equal((0, 5, 0L), Figures(await inventory.LevelsAsync(kettle)));
    }

    [Fact]
    public async Task The_same_message_twice_reserves_and_answers_once()
    {
        var kettle = await inventory.StockAsync(5);
        var order = Guid.CreateVersion7();
        var placed = InventoryUnderTest.Placed(order, (kettle, 2));

        await inventory.DeliverAsync<OrderPlaced, ReserveStock>(placed);
        await inventory.DeliverAsync<OrderPlaced, ReserveStock>(placed);

        Assert.Equal((3, 2, 0L), Figures(await inventory.LevelsAsync(kettle)));
        Assert.Equal(["inventory.stock-reserved"], await inventory.PublishedAsync(order));
    }

    [Fact]
    public async Task Another_message_for_the_same_order_reserves_nothing_more_and_is_answered_again()
    {
        var kettle = await inventory.StockAsync(5);
        var order = Guid.CreateVersion7();

        await inventory.PlaceAsync(order, (kettle, 2));
        await inventory.PlaceAsync(order, (kettle, 2));

        Assert.Equal((3, 2, 0L), Figures(await inventory.LevelsAsync(kettle)));
        Assert.Equal(["inventory.stock-reserved", "inventory.stock-reserved"], await inventory.PublishedAsync(order));
    }

    [Fact]
    public async Task A_confirmed_order_sells_its_units_once()
    {
        var kettle = await inventory.StockAsync(5);
        var order = Guid.CreateVersion7();
        await inventory.PlaceAsync(order, (kettle, 2));

        await inventory.ConfirmAsync(order);
        await inventory.ConfirmAsync(order);

        Assert.Equal((3, 0, 2L), Figures(await inventory.LevelsAsync(kettle)));
    }

    [Fact]
    public async Task A_cancelled_order_frees_its_units_once()
    {
        var kettle = await inventory.StockAsync(5);
        var order = Guid.CreateVersion7();
        await inventory.PlaceAsync(order, (kettle, 2));

        await inventory.CancelAsync(order);
        await inventory.CancelAsync(order);

        Assert.Equal((5, 0, 0L), Figures(await inventory.LevelsAsync(kettle)));
    }

    [Fact]
    public async Task An_order_cancelled_after_its_confirmation_gives_sold_units_back()
    {
        var kettle = await inventory.StockAsync(5);
        var order = Guid.CreateVersion7();
        await inventory.PlaceAsync(order, (kettle, 2));

        await inventory.ConfirmAsync(order);
        await inventory.CancelAsync(order);

        Assert.Equal((5, 0, 0L), Figures(await inventory.LevelsAsync(kettle)));
    }

    [Fact]
    public async Task A_cancellation_that_overtakes_its_order_leaves_no_reservation()
    {
        var kettle = await inventory.StockAsync(5);
        var order = Guid.CreateVersion7();

        await inventory.CancelAsync(order);
        await inventory.PlaceAsync(order, (kettle, 2));

        Assert.Equal((5, 0, 0L), Figures(await inventory.LevelsAsync(kettle)));
        Assert.Equal(ReservationState.Released, await inventory.StateAsync(order));
        Assert.Empty(await inventory.PublishedAsync(order));
    }

    [Fact]
    public async Task A_reservation_that_nobody_confirms_expires_once()
    {
        var kettle = await inventory.StockAsync(5);
        var order = Guid.CreateVersion7();
        await inventory.PlaceAsync(order, (kettle, 2));

        await inventory.ExpireAsync();
        Assert.Equal(ReservationState.Held, await inventory.StateAsync(order));

        inventory.Time.Advance(PastExpiry);
        await inventory.ExpireAsync();
        await inventory.ExpireAsync();

        Assert.Equal(ReservationState.Expired, await inventory.StateAsync(order));
        Assert.Equal((5, 0, 0L), Figures(await inventory.LevelsAsync(kettle)));
    }

    [Fact]
    public async Task A_confirmation_after_expiry_sells_what_is_still_there()
    {
        var kettle = await inventory.StockAsync(5);
        var order = Guid.CreateVersion7();
        await inventory.PlaceAsync(order, (kettle, 2));
        inventory.Time.Advance(PastExpiry);
        await inventory.ExpireAsync();

        await inventory.ConfirmAsync(order);

        Assert.Equal(ReservationState.Confirmed, await inventory.StateAsync(order));
        Assert.Equal((3, 0, 2L), Figures(await inventory.LevelsAsync(kettle)));
    }

    [Fact]
    public async Task A_paid_order_whose_units_are_gone_shows_in_the_audit_until_stock_arrives()
    {
        var kettle = await inventory.StockAsync(1);
        var (late, quick) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await inventory.PlaceAsync(late, (kettle, 1));
        inventory.Time.Advance(PastExpiry);
        await inventory.ExpireAsync();
        await inventory.PlaceAsync(quick, (kettle, 1));

        await inventory.ConfirmAsync(late);

        Assert.Equal(ReservationState.Unfilled, await inventory.StateAsync(late));
        Assert.Contains($"order-unfilled {late}", await inventory.AuditAsync(), StringComparison.Ordinal);
        Assert.False(await inventory.FillAsync(late));

        await inventory.CancelAsync(quick);

        Assert.True(await inventory.FillAsync(late));
        Assert.Equal((0, 0, 1L), Figures(await inventory.LevelsAsync(kettle)));
        Assert.DoesNotContain($"{late}", await inventory.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confirmation_of_an_order_that_never_came_is_an_error_to_be_seen()
    {
        var order = Guid.CreateVersion7();

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => inventory.ConfirmAsync(order));

        Assert.Contains(order.ToString(), e.Message, StringComparison.Ordinal);
    }

    private static (int Available, int Reserved, long Sold) Figures(StockItem item) => (item.Available, item.Reserved, item.Sold);
}
