namespace ShopFlow.Recommendations.Counting;

/// <summary>What a rebuild found.</summary>
/// <param name="Products">Products that were bought or looked at.</param>
/// <param name="Pairs">Counts of pairs; a pair has two for each relation.</param>
/// <param name="CorrectedProducts">Products whose counts were wrong.</param>
/// <param name="CorrectedPairs">Counts of pairs that were wrong, missing or too many.</param>
internal sealed record RebuildResult(int Products, int Pairs, int CorrectedProducts, int CorrectedPairs)
{
    public static RebuildResult operator +(RebuildResult one, RebuildResult other) => new(
        one.Products + other.Products,
        one.Pairs + other.Pairs,
        one.CorrectedProducts + other.CorrectedProducts,
        one.CorrectedPairs + other.CorrectedPairs);
}
