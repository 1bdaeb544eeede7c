using ShopFlow.Orders.Checkout;

namespace ShopFlow.Orders.Data;

/// <summary>One step of an order's life, for its timeline.</summary>
internal sealed class StatusChange
{
    public Guid OrderId { get; init; }

    /// <summary>From 1; the order's <see cref="Order.Step"/> at the time.</summary>
    public required int Step { get; init; }

    public required CheckoutState State { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}
