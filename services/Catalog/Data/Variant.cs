namespace ShopFlow.Catalog.Data;

/// <summary>What is bought, stocked and shipped.</summary>
internal sealed class Variant
{
    public required string Sku { get; init; }

    public Guid ProductId { get; init; }

    public required int Position { get; set; }

    /// <summary>One value for each of the product's options, in their order.</summary>
    public required string[] OptionValues { get; set; }

    public required int WeightGrams { get; set; }

    public List<Price> Prices { get; init; } = [];

    public static string NameOf(string[] optionValues) => optionValues is [] ? "Standard" : string.Join(" / ", optionValues);
}
