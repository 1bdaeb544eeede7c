using ShopFlow.Cli.Chaos;

namespace ShopFlow.Tests.Chaos;

/// <summary>One order that was acknowledged and is there, and then one thing that must not be.</summary>
public sealed class KeptPromisesTests
{
    private static readonly Guid Id = Guid.NewGuid();

    private readonly List<ChaosOrder> _told = [Acknowledged("one@shopflow.example", Id)];
    private readonly List<StoredOrder> _stored = [new(Id, "one@shopflow.example", "Confirmed")];

    [Fact]
    public void An_order_that_is_as_it_was_told_breaks_nothing()
    {
        var kept = KeptPromises.Compare(_told, _stored);

        Assert.Empty(kept.Broken);
        Assert.Equal((1, 0), (kept.Confirmed, kept.Cancelled));
    }

    [Fact]
    public void An_acknowledged_order_that_is_gone_is_told()
    {
        _stored.Clear();

        Assert.Contains("is not there", Broken());
    }

    [Fact]
    public void An_acknowledged_order_that_has_another_id_is_told()
    {
        _stored[0] = _stored[0] with { Id = Guid.NewGuid() };

        Assert.Contains($"order {Id} was acknowledged", Broken());
    }

    [Fact]
    public void One_key_that_made_two_orders_is_told()
    {
        _stored.Add(_stored[0] with { Id = Guid.NewGuid() });

        Assert.Contains("made 2 orders", Broken());
    }

    [Theory]
    [InlineData("Pending")]
    [InlineData("Paying")]
    public void An_order_that_is_not_final_is_told(string state)
    {
        _stored[0] = _stored[0] with { State = state };

        Assert.Contains($"still {state}", Broken());
    }

    [Fact]
    public void A_shopper_who_gave_up_is_told()
    {
        _told.Add(new("two@shopflow.example", DateTimeOffset.UnixEpoch) { Refusal = "order 503", Retries = 7 });

        Assert.Equal("a shopper gave up after 7 retries: order 503", Broken());
    }

    private string Broken() => Assert.Single(KeptPromises.Compare(_told, _stored).Broken);

    private static ChaosOrder Acknowledged(string email, Guid id)
    {
        var order = new ChaosOrder(email, DateTimeOffset.UnixEpoch);
        order.Acknowledge(id, DateTimeOffset.UnixEpoch);
        return order;
    }
}
