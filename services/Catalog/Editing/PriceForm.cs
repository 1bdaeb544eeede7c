namespace ShopFlow.Catalog.Editing;

/// <summary>An amount in major units, before tax.</summary>
internal sealed record PriceForm(decimal? Amount, string? Currency);
