using System.Diagnostics.CodeAnalysis;

namespace ShopFlow.Recommendations.Catalogue;

/// <summary>The catalogue's tree of categories, asked for again when it is older than a minute. While it is not told, the last one stands.</summary>
internal sealed class Categories(IServiceScopeFactory scopes, TimeProvider time, ILogger<Categories> logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private Tree? _tree;
    private bool _isStale;

    /// <summary>The branches that hold a category, the smallest first; none for an unknown category.</summary>
    /// <exception cref="HttpRequestException">Catalog doesn't answer, and never has.</exception>
    public async Task<IReadOnlyList<string[]>> BranchesAsync(string slug, CancellationToken cancellationToken)
    {
        var tree = _tree;
        if (tree is null || time.GetElapsedTime(tree.AskedAt) > Lifetime)
            _tree = tree = await AskAsync(tree, cancellationToken);

        return TryFind(tree.Top, slug, out var path) ? [.. path.Select(category => category.Branch().Select(below => below.Slug).ToArray())] : [];
    }

    private async Task<Tree> AskAsync(Tree? last, CancellationToken cancellationToken)
    {
        var askedAt = time.GetTimestamp();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var top = await scope.ServiceProvider.GetRequiredService<CatalogueClient>().CategoriesAsync(cancellationToken);
            if (Interlocked.Exchange(ref _isStale, false))
                logger.LogInformation("The catalogue tells its categories again");
            return new(askedAt, top);
        }
        catch (Exception e) when (last is not null && !cancellationToken.IsCancellationRequested)
        {
            if (!Interlocked.Exchange(ref _isStale, true))
                logger.LogWarning("The catalogue does not tell its categories, they are taken as they were: {Reason}", e.Message);
            return last with { AskedAt = askedAt };
        }
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

    private sealed record Tree(long AskedAt, IReadOnlyList<Category> Top);
}
