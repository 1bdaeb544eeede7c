namespace ShopFlow.Orders.Data;

/// <summary>The answer to a request with an Idempotency-Key, kept so that the same request gets the same answer.</summary>
internal sealed class PlacedRequest
{
    /// <summary>Whose key it is: a user's id, or what stands for a guest.</summary>
    public required string UserId { get; init; }

    /// <summary>A guest's is hashed: see <see cref="Placing.GuestAccess"/>.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of the request as it was understood.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>What was made or changed: an order, or a promotion.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>What a guest's access key was made from, together with the Idempotency-Key.</summary>
    public byte[]? AccessSalt { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public required int StatusCode { get; init; }

    /// <summary>JSON body of the answer, without the access key.</summary>
    public required string Answer { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
