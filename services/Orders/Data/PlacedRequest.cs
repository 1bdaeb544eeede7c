namespace ShopFlow.Orders.Data;

/// <summary>The answer to a request with an Idempotency-Key, kept so that the same request gets the same answer.</summary>
internal sealed class PlacedRequest
{
    public required string UserId { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of the request as it was understood.</summary>
    public required byte[] RequestHash { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public required int StatusCode { get; init; }

    /// <summary>JSON body of the answer.</summary>
    public required string Answer { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
