namespace ShopFlow.Catalog.Data;

/// <summary>What is bought, stocked and shipped.</summary>
internal sealed class Variant
{
    public required string Sku { get; init; }

    public Guid ProductId { get; init; }

    public required int Position { get; set; }

    /// <summary>One value for each of the product's options, in their order.</summary>
    public required string[] OptionValues { get; set; }

    /// <summary>Options with their values, as <see cref="PairOf"/> writes them: what lists are filtered by.</summary>
    public required string[] OptionPairs { get; set; }

    public required int WeightGrams { get; set; }

    public List<Price> Prices { get; init; } = [];

    /// <summary>"size=m" for Size and M: shoppers needn't know how the shop writes them.</summary>
    public static string PairOf(string option, string value) => $"{option}={value}".ToLowerInvariant();

    public static string[] PairsOf(IEnumerable<string> options, IEnumerable<string> values) => [.. options.Zip(values, PairOf)];

    public static string NameOf(string[] optionValues) => optionValues is [] ? "Standard" : string.Join(" / ", optionValues);
}
