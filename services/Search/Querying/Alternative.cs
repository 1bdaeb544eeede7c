using ShopFlow.Search.Index;

namespace ShopFlow.Search.Querying;

/// <summary>One way to find what was asked for: documents that have all of these terms.</summary>
/// <param name="Weight">What it is worth, at most 1.</param>
internal sealed record Alternative(Term[] Terms, float Weight)
{
    /// <summary>As the shopper wrote it, apart from its ending.</summary>
    public bool IsLiteral => Weight >= 1;
}
