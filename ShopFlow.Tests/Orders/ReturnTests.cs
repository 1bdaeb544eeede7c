using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Orders.Refunds;

namespace ShopFlow.Tests.Orders;

public sealed class ReturnTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    // Three kettles at 19.99 and two mugs at 5.50, New York's 8.875 % on top: 5.32 and 0.98; express for 4.2 kg 30.95 and 2.75.
    private const long Total = 5997 + 1100 + 532 + 98 + 3095 + 275;

    [Fact]
    public async Task Everything_in_portions_gives_back_exactly_the_total()
    {
        var order = await PaidOrder.DeliveredAsync(orders);
        Assert.Equal(Total, order.Total);

        for (var kettle = 0; kettle < 3; kettle++)
            await ReceivedAsync(order, new { lines = new[] { new { sku = "KETTLE-1L", quantity = 1 } }, reason = "too loud" });
        Assert.Equal("Delivered", await order.StatusAsync());
        await ReceivedAsync(order, new { reason = "no kettle, no mug" });

        // A third of 5.32 is 1.7733: 1.77, 1.78, 1.77. Shipping goes back with the last piece.
        Assert.Equal([1999 + 177, 1999 + 178, 1999 + 177, 1100 + 98 + 3095 + 275], await order.RefundsAsync());
        Assert.Equal(Total, (await order.RefundsAsync()).Sum());
        Assert.Equal("Returned", await order.StatusAsync());
        Assert.DoesNotContain(order.Id.ToString(), await orders.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_fit_to_be_sold_goes_back_to_the_shelf()
    {
        var order = await PaidOrder.DeliveredAsync(orders);
        var id = await order.ReturnAsync(new { reason = "changed my mind" });

        using var broken = await order.PostAsync($"returns/{id}/receive", new { lines = new[] { new { sku = "MUG", quantity = 2, restock = false } } });
        using var fine = await order.PostAsync($"returns/{id}/receive", new { lines = new[] { new { sku = "KETTLE-1L", quantity = 2 } } });
        using var rejected = await order.PostAsync($"returns/{id}/reject", new { reason = "was used" });

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], new[] { broken, fine, rejected }.Select(answer => answer.StatusCode));
        var restocked = Assert.Single(await orders.PublishedAsync<ItemsReturned>(order.Id));
        Assert.Equal([new("KETTLE-1L", 2)], restocked.Lines);
        var view = (await order.ReadAsync()).GetProperty("returns")[0];
        Assert.Equal("Settled", view.GetProperty("status").GetString());
        Assert.Equal("was used", view.GetProperty("lines")[0].GetProperty("rejectedBecause").GetString());
        Assert.DoesNotContain(order.Id.ToString(), await orders.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_of_a_return_that_arrive_apart_are_told_apart()
    {
        var order = await PaidOrder.DeliveredAsync(orders);
        var id = await order.ReturnAsync(new { reason = "changed my mind" });

        using var first = await order.PostAsync($"returns/{id}/receive", new { lines = new[] { new { sku = "MUG", quantity = 1 } } });
        using var second = await order.PostAsync($"returns/{id}/receive", new { lines = new[] { new { sku = "MUG", quantity = 1 } } });

        Assert.Equal(2, (await orders.PublishedAsync<ItemsReturned>(order.Id)).Select(returned => returned.ReturnId).Distinct().Count());
    }

    [Fact]
    public async Task Of_many_who_receive_the_same_pieces_one_pays()
    {
        var order = await PaidOrder.DeliveredAsync(orders);
        var id = await order.ReturnAsync(new { reason = "changed my mind" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => order.PostAsync($"returns/{id}/receive")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal([Total], await order.RefundsAsync());
    }

    [Fact]
    public async Task Goods_come_back_within_the_window_only_and_never_more_than_were_delivered()
    {
        var order = await PaidOrder.DeliveredAsync(orders);
        await order.ReturnAsync(new { lines = new[] { new { sku = "MUG", quantity = 1 } }, reason = "chipped" });

        using var tooMany = await order.AskBackAsync(new { lines = new[] { new { sku = "MUG", quantity = 2 } }, reason = "chipped" });
        using var noReason = await order.AskBackAsync(new { });
        await orders.WithDbAsync(db => db.Database.ExecuteSqlAsync($"update shipments set delivered_at = delivered_at - interval '31 days' where order_id = {order.Id}"));
        using var tooLate = await order.AskBackAsync(new { reason = "late" });

        Assert.Equal("too-many-pieces", await tooMany.ProblemAsync(HttpStatusCode.Conflict));
        Assert.Equal(["reason"], await noReason.WrongFieldsAsync());
        Assert.Equal("return-window-over", await tooLate.ProblemAsync(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task What_was_not_delivered_cannot_be_sent_back()
    {
        var order = await PaidOrder.PlaceAsync(orders);

        using var refused = await order.AskBackAsync(new { reason = "changed my mind" });

        Assert.Equal("nothing-left", await refused.ProblemAsync(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_refund_without_a_return_is_bounded_by_what_was_paid()
    {
        var order = await PaidOrder.DeliveredAsync(orders);
        var lost = new { lines = new[] { new { sku = "MUG", quantity = 2 } }, shipping = true, reason = "lost on the way" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => order.PostAsync("refunds", lost)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal([1100 + 98 + 3095 + 275], await order.RefundsAsync());

        // Coming back after all, they are not paid twice.
        await ReceivedAsync(order, new { reason = "everything" });
        Assert.Equal(Total, (await order.RefundsAsync()).Sum());
        Assert.DoesNotContain(order.Id.ToString(), await orders.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refund_that_the_provider_refuses_may_be_promised_again()
    {
        var order = await PaidOrder.DeliveredAsync(orders);
        var mugs = new { lines = new[] { new { sku = "MUG", quantity = 2 } }, reason = "broken" };
        using var first = await order.PostAsync("refunds", mugs);
        var asked = Assert.Single(await orders.PublishedAsync<RefundRequested>(order.Id));

        await orders.DeliverAsync<RefundRejected, RefundRejectedHandler>(
            new(order.Id, asked.PaymentId, asked.RefundId!.Value, asked.Amount, asked.Currency, "card_expired"));

        var rejected = await order.ReadAsync();
        Assert.Equal("0.00", rejected.GetProperty("refunded").GetRawText());
        Assert.Equal(("Rejected", "card_expired"), (rejected.GetProperty("refunds")[0].GetProperty("status").GetString(), rejected.GetProperty("refunds")[0].GetProperty("failure").GetString()));
        Assert.Contains($"refund-rejected {order.Id}", await orders.AuditAsync(), StringComparison.Ordinal);

        using var again = await order.PostAsync("refunds", mugs);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.DoesNotContain(order.Id.ToString(), await orders.AuditAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_sends_nothing_back()
    {
        var order = await PaidOrder.DeliveredAsync(orders);

        using var stranger = await orders.ClientOf().PostAsJsonAsync($"/orders/{order.Id}/returns", new { reason = "mine now" });
        using var nobody = await orders.Guest().PostAsJsonAsync($"/orders/{order.Id}/returns", new { reason = "mine now" });

        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
    }

    private static async Task ReceivedAsync(PaidOrder order, object request)
    {
        var id = await order.ReturnAsync(request);
        using var received = await order.PostAsync($"returns/{id}/receive");
        Assert.Equal(HttpStatusCode.OK, received.StatusCode);
    }
}
