namespace ShopFlow.Orders.Data;

/// <summary>One step of an order's life, for its timeline.</summary>
internal sealed class StatusChange
{
    public Guid OrderId { get; init; }

    /// <summary>From 1; the order's <see cref="Order.Step"/> at the time.</summary>
    public required int Step { get; init; }

    public required OrderState State { get; init; }

    public string? Reason { get; init; }

    /// <summary>Where the shopper answers the bank, when that is what the order waits for.</summary>
    public string? ChallengeUrl { get; init; }

    public required DateTimeOffset At { get; init; }
}
