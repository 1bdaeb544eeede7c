namespace ShopFlow.Catalog.Editing;

/// <summary>A variant with a value for each option, its weight in grams, and a price in every currency.</summary>
internal sealed record VariantForm(
    string? Sku, IReadOnlyDictionary<string, string>? Options, int? Weight, IReadOnlyList<PriceForm>? Prices);
