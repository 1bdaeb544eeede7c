namespace ShopFlow.Recommendations.Data;

internal sealed class Variant
{
    public required string Sku { get; init; }

    public Guid ProductId { get; init; }
}
