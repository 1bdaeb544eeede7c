namespace ShopFlow.Recommendations.Catalogue;

internal sealed record Category(string Slug, IReadOnlyList<Category> Children)
{
    /// <summary>Itself and everything below it.</summary>
    public IEnumerable<Category> Branch() => Children.SelectMany(child => child.Branch()).Prepend(this);
}
