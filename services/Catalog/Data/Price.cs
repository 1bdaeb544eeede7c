namespace ShopFlow.Catalog.Data;

internal sealed class Price
{
    public string Sku { get; init; } = "";

    public required string Currency { get; init; }

    /// <summary>In minor units, before tax.</summary>
    public required long Amount { get; set; }
}
