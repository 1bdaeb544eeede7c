using Microsoft.FeatureManagement;
using ShopFlow.Flags;
using ShopFlow.Recommendations.Catalogue;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Recommendations.Reading;

/// <summary>
/// Fills lists with products. The catalogue has the last word on what is for sale and on prices, so some more are asked for than are
/// shown.
/// </summary>
internal sealed class Shelves(Ranking ranking, Categories categories, CatalogueClient catalogue, IFeatureManager flags)
{
    private const int Spare = 4;

    public async Task<RecommendationsOfProduct> BesideAsync(Product product, int limit, string? currency, CancellationToken cancellationToken)
    {
        if (await flags.IsEnabledAsync(Flag.RecommendationsOff))
            return new(product.Id, [], [], []);

        var related = await ranking.RelatedAsync(product.Id, limit + Spare, cancellationToken);
        var bought = related.Where(other => other.Relation == Relation.BoughtTogether).Select(other => other.Id).ToList();
        var similar = related.Where(other => other.Relation == Relation.ViewedTogether).Select(other => other.Id).Except(bought).ToList();

        var cards = await CardsAsync([.. bought, .. similar], currency, cancellationToken);
        var (boughtCards, similarCards) = (Pick(bought, cards, limit), Pick(similar, cards, limit));

        var missing = limit - boughtCards.Count - similarCards.Count;
        Guid[] shown = [product.Id, .. bought, .. similar];
        var popular = missing > 0 ? await PopularBesideAsync(product, shown, missing, currency, cancellationToken) : [];
        return new(product.Id, boughtCards, similarCards, popular);
    }

    /// <param name="branch">Slugs of categories; null for the whole shop.</param>
    /// <param name="limit">How many.</param>
    /// <param name="currency">What prices are told in.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    public async Task<IReadOnlyList<CatalogueProduct>> PopularAsync(
        string[]? branch, int limit, string? currency, CancellationToken cancellationToken)
    {
        if (await flags.IsEnabledAsync(Flag.RecommendationsOff))
            return [];

        var ids = await ranking.PopularAsync(branch, except: [], limit + Spare, cancellationToken);
        return Pick(ids, await CardsAsync(ids, currency, cancellationToken), limit);
    }

    // Its own category first; what that is short of comes from the categories above. The catalogue is asked once for all of them.
    private async Task<IReadOnlyList<CatalogueProduct>> PopularBesideAsync(
        Product product, Guid[] shown, int missing, string? currency, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        var branches = product.Category is null ? [] : await categories.BranchesAsync(product.Category, cancellationToken);
        foreach (var branch in branches.TakeWhile(_ => ids.Count < missing + Spare))
            ids.AddRange(await ranking.PopularAsync(branch, [.. shown, .. ids], missing + Spare - ids.Count, cancellationToken));

        return Pick(ids, await CardsAsync(ids, currency, cancellationToken), missing);
    }

    private async Task<Dictionary<Guid, CatalogueProduct>> CardsAsync(List<Guid> ids, string? currency, CancellationToken cancellationToken)
    {
        var cards = ids is [] ? [] : await catalogue.FindAsync(ids, currency, cancellationToken);
        return cards.Where(card => card.IsForSale()).ToDictionary(card => card.Id);
    }

    private static List<CatalogueProduct> Pick(IEnumerable<Guid> ids, Dictionary<Guid, CatalogueProduct> cards, int limit) =>
        [.. ids.Where(cards.ContainsKey).Select(id => cards[id]).Take(limit)];
}
