using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Checkout;
using ShopFlow.Orders.Data;

namespace ShopFlow.Tests.Orders;

public sealed class CheckoutBatchTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    private readonly HttpClient client = orders.ClientOf();

    [Fact]
    public async Task A_batch_moves_each_of_its_orders_once()
    {
        var ids = await PlacedAsync(20);
        var reserved = ids.Select(id => new StockReserved(id)).ToArray();

        // The last order hears it twice, as from two messages.
        await DeliverAsync([.. reserved, new StockReserved(ids[^1])]);

        Assert.All(await StatesAsync(ids), state => Assert.Equal(OrderState.AwaitingPayment, state));
        foreach (var id in ids)
        {
            var payment = Assert.Single(await orders.PublishedAsync<PaymentRequested>(id));
            Assert.Equal((id, 1100), (payment.OrderId, payment.Amount));
        }
    }

    [Fact]
    public async Task A_batch_gives_late_money_back_and_confirms_the_rest()
    {
        var ids = await PlacedAsync(4);
        await DeliverAsync([.. ids.Select(id => new StockReserved(id))]);
        using var cancelled = await client.PostAsync($"/orders/{ids[1]}/cancel", null);

        await DeliverAsync([.. ids.Select(id => new PaymentCaptured(id, Guid.NewGuid(), 1100, "USD"))]);

        Assert.Equal([OrderState.Confirmed, OrderState.Cancelled, OrderState.Confirmed, OrderState.Confirmed], await StatesAsync(ids));
        Assert.Single(await orders.PublishedAsync<RefundRequested>(ids[1]));
        Assert.Empty(await orders.PublishedAsync<OrderConfirmed>(ids[1]));
    }

    [Fact]
    public async Task A_batch_with_an_unknown_order_fails_as_a_whole()
    {
        var id = Assert.Single(await PlacedAsync(1));

        await Assert.ThrowsAsync<InvalidOperationException>(() => DeliverAsync([new StockReserved(id), new StockReserved(Guid.NewGuid())]));

        Assert.Equal([OrderState.AwaitingStock], await StatesAsync([id]));
    }

    [Fact]
    public async Task Replicas_that_meet_at_the_same_orders_never_wait_in_a_circle()
    {
        for (var round = 0; round < 20; round++)
        {
            var ids = await PlacedAsync(2);
            await DeliverAsync([.. ids.Select(id => new StockReserved(id))]);

            // Each batch has events of two kinds, so that it locks orders twice, and in the other's opposite order.
            await Task.WhenAll(
                DeliverOrRepeatAsync([Challenge(ids[0]), Capture(ids[1])]),
                DeliverOrRepeatAsync([Challenge(ids[1]), Capture(ids[0])]));

            Assert.Equal([OrderState.Confirmed, OrderState.Confirmed], await StatesAsync(ids));
        }
    }

    private static PaymentChallengeRequired Challenge(Guid id) => new(id, Guid.NewGuid(), "https://bank.example/c");

    private static PaymentCaptured Capture(Guid id) => new(id, Guid.NewGuid(), 1100, "USD");

    // As the consumer does it: a batch that fails is handled one by one.
    private async Task DeliverOrRepeatAsync(IntegrationEvent[] batch)
    {
        try
        {
            await DeliverAsync(batch);
        }
        catch (Exception e) when (e.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            foreach (var e2 in batch)
                await DeliverAsync([e2]);
        }
    }

    private Task DeliverAsync(IntegrationEvent[] batch)
    {
        var received = batch.Select((e, index) => new ReceivedEvent(
            new("", (ulong)index, false, "", EventNameAttribute.Of(e.GetType()), new BasicProperties(), default), SubscriptionOf(e), e, activity: null));
        return orders.Factory.Services.GetRequiredService<IEventDispatcher>().DispatchAsync([.. received], CancellationToken.None);
    }

    private static Subscription SubscriptionOf(IntegrationEvent e) => e switch
    {
        StockReserved => Subscription.Of<StockReserved, StockReservedHandler>(),
        PaymentCaptured => Subscription.Of<PaymentCaptured, PaymentCapturedHandler>(),
        PaymentChallengeRequired => Subscription.Of<PaymentChallengeRequired, PaymentChallengeRequiredHandler>(),
        _ => throw new ArgumentException($"{e.GetType().Name} is not of the checkout.", nameof(e)),
    };

    private async Task<Guid[]> PlacedAsync(int count)
    {
        var ids = new Guid[count];
        for (var number = 0; number < count; number++)
            ids[number] = await OrdersUnderTest.PlacedAsync(client);
        return ids;
    }

    private async Task<List<OrderState>> StatesAsync(Guid[] ids)
    {
        var states = await orders.WithDbAsync(db => db.Orders.Where(order => ids.Contains(order.Id)).ToDictionaryAsync(order => order.Id, order => order.State));
        return [.. ids.Select(id => states[id])];
    }
}
