using ShopFlow.Contracts;
using ShopFlow.Orders.Checkout;

namespace ShopFlow.Orders.Data;

internal sealed class Order
{
    /// <summary>A UUIDv7, so that the order of the ids is that of time.</summary>
    public required Guid Id { get; init; }

    public required string UserId { get; init; }

    public string? Email { get; init; }

    public required string PaymentMethod { get; init; }

    public ShippingAddress? ShippingAddress { get; init; }

    /// <summary>Minor units. Fixed when the order is placed.</summary>
    public required long Total { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where the checkout stands.</summary>
    public CheckoutState State { get; set; }

    /// <summary>Counts the changes of <see cref="State"/>, from 1.</summary>
    public int Step { get; set; } = 1;

    /// <summary>Why the order was cancelled.</summary>
    public string? Reason { get; set; }

    /// <summary>When the checkout stops waiting for what it waits for; null when it is over.</summary>
    public DateTimeOffset? Deadline { get; set; }

    /// <summary>The payment that was captured.</summary>
    public Guid? PaymentId { get; set; }

    public DateTimeOffset? RefundedAt { get; set; }

    public List<OrderedItem> Lines { get; init; } = [];

    public List<StatusChange> History { get; init; } = [];

    public OrderStatus Status => StatusOf(State);

    public Money TotalAmount => new(Total, Currency);

    public static OrderStatus StatusOf(CheckoutState state) => state switch
    {
        CheckoutState.AwaitingStock or CheckoutState.AwaitingPayment => OrderStatus.Pending,
        CheckoutState.Confirmed => OrderStatus.Confirmed,
        CheckoutState.Cancelled => OrderStatus.Cancelled,
        _ => throw new InvalidOperationException($"{state} has no status."),
    };
}
