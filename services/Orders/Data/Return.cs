namespace ShopFlow.Orders.Data;

/// <summary>What the shopper wants to send back. It is over when every piece was received or rejected.</summary>
internal sealed class Return
{
    public required Guid Id { get; init; }

    public required Guid OrderId { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public List<ReturnLine> Lines { get; init; } = [];

    public ReturnState State => Lines.Any(line => line.Open > 0) ? ReturnState.Requested : ReturnState.Settled;
}
