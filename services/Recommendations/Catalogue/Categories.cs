using System.Diagnostics.CodeAnalysis;

namespace ShopFlow.Recommendations.Catalogue;

/// <summary>The catalogue's tree of categories, asked for again when it is older than a minute.</summary>
internal sealed class Categories(IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private Tree? _tree;

    /// <summary>The branches that hold a category, the smallest first; none for an unknown category.</summary>
    /// <exception cref="HttpRequestException">Catalog doesn't answer.</exception>
    public async Task<IReadOnlyList<string[]>> BranchesAsync(string slug, CancellationToken cancellationToken)
    {
        var tree = _tree;
        if (tree is null || time.GetElapsedTime(tree.ReadAt) > Lifetime)
            _tree = tree = await ReadAsync(cancellationToken);

        return TryFind(tree.Top, slug, out var path) ? [.. path.Select(category => category.Branch().Select(below => below.Slug).ToArray())] : [];
    }

    private async Task<Tree> ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var catalogue = scope.ServiceProvider.GetRequiredService<CatalogueClient>();
        var readAt = time.GetTimestamp();
        return new(readAt, await catalogue.CategoriesAsync(cancellationToken));
    }

    private static bool TryFind(IEnumerable<Category> categories, string slug, [NotNullWhen(true)] out List<Category>? path)
    {
        foreach (var category in categories)
        {
            if (category.Slug == slug)
            {
                path = [category];
                return true;
            }

            if (TryFind(category.Children, slug, out path))
            {
                path.Add(category);
                return true;
            }
        }

        path = null;
        return false;
    }

    private sealed record Tree(long ReadAt, IReadOnlyList<Category> Top);
}
