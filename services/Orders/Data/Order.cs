using ShopFlow.Contracts;

namespace ShopFlow.Orders.Data;

/// <summary>All amounts are minor units of <see cref="Currency"/>.</summary>
internal sealed class Order
{
    /// <summary>A UUIDv7, so that the order of the ids is that of time.</summary>
    public required Guid Id { get; init; }

    /// <summary>The shopper's id, or one of this order only for a guest.</summary>
    public required string UserId { get; init; }

    public string? Email { get; init; }

    /// <summary>SHA-256 of what a guest shows to see the order.</summary>
    public byte[]? AccessKeyHash { get; init; }

    public required string PaymentMethod { get; init; }

    /// <summary>Null when the goods are collected at the shop.</summary>
    public ShippingAddress? ShippingAddress { get; init; }

    public string? ShippingOption { get; init; }

    public required string Currency { get; init; }

    /// <summary>Price times quantity of all lines. Like the next eight it is fixed when the order is placed.</summary>
    public required long Subtotal { get; init; }

    /// <summary>What promotions took off the lines.</summary>
    public long Discount { get; init; }

    /// <summary>Before any discount.</summary>
    public long Shipping { get; init; }

    /// <summary>What promotions took off shipping.</summary>
    public long ShippingDiscount { get; init; }

    public long ShippingTax { get; init; }

    /// <summary>Of all lines and of shipping.</summary>
    public long Tax { get; init; }

    /// <summary>Whether prices contain the tax, or it comes on top.</summary>
    public bool TaxIncluded { get; init; }

    public required long Total { get; init; }

    /// <summary>The rate sheet that shipping and tax were taken from; null when there was neither.</summary>
    public int? RatesVersion { get; init; }

    /// <summary>Which promotion took how much off what; null when there was none.</summary>
    public IReadOnlyList<AppliedDiscount>? Discounts { get; init; }

    /// <summary>The promotion whose code was redeemed.</summary>
    public Guid? CouponId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public OrderState State { get; set; }

    /// <summary>Counts the changes of <see cref="State"/>, from 1.</summary>
    public int Step { get; set; } = 1;

    /// <summary>Why the order was cancelled.</summary>
    public string? Reason { get; set; }

    /// <summary>When the checkout stops waiting for what it waits for; null when it is over.</summary>
    public DateTimeOffset? Deadline { get; set; }

    /// <summary>Where the shopper answers the bank.</summary>
    public string? ChallengeUrl { get; set; }

    /// <summary>The payment that was captured.</summary>
    public Guid? PaymentId { get; set; }

    public long Captured { get; set; }

    /// <summary>Paid back or promised. The database keeps it from exceeding <see cref="Captured"/>.</summary>
    public long Refunded { get; set; }

    /// <summary>What of <see cref="Refunded"/> is for shipping.</summary>
    public long ShippingRefunded { get; set; }

    public List<OrderedItem> Lines { get; init; } = [];

    public List<StatusChange> History { get; init; } = [];

    public OrderStatus Status => StatusOf(State);

    public Money TotalAmount => new(Total, Currency);

    /// <summary>What shipping cost, tax and all.</summary>
    public long ShippingPaid => Shipping - ShippingDiscount + (TaxIncluded ? 0 : ShippingTax);

    /// <summary>The change belongs into the history.</summary>
    public StatusChange Enter(OrderState state, DateTimeOffset now)
    {
        State = state;
        Step++;
        return new() { OrderId = Id, Step = Step, State = state, Reason = Reason, ChallengeUrl = ChallengeUrl, At = now };
    }

    public static OrderStatus StatusOf(OrderState state) => state switch
    {
        OrderState.AwaitingStock or OrderState.AwaitingPayment or OrderState.AwaitingChallenge => OrderStatus.Pending,
        OrderState.Confirmed => OrderStatus.Confirmed,
        OrderState.PartlyShipped => OrderStatus.PartlyShipped,
        OrderState.Shipped => OrderStatus.Shipped,
        OrderState.Delivered => OrderStatus.Delivered,
        OrderState.Cancelled => OrderStatus.Cancelled,
        OrderState.Returned => OrderStatus.Returned,
        _ => throw new InvalidOperationException($"{state} has no status."),
    };
}
