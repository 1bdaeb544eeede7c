namespace ShopFlow.Search.Index;

/// <summary>A value that documents are counted and chosen by, such as the brand Oriel; <c>Key</c> is what a filter names it by.</summary>
internal sealed record Facet(int Id, string Dimension, string Key, string Label)
{
    public const string Category = "category";
    public const string Brand = "brand";
    public const string OptionPrefix = "option.";

    public static string DimensionOf(string option) => OptionPrefix + option.ToLowerInvariant();
}
