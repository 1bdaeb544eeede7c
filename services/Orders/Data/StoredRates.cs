namespace ShopFlow.Orders.Data;

/// <summary>One version of the rate sheet. A change is a new version; the newest holds.</summary>
internal sealed class StoredRates
{
    public required int Version { get; init; }

    /// <summary>The sheet as JSON.</summary>
    public required string Sheet { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }
}
