using Microsoft.Extensions.Caching.Memory;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace ShopFlow.Cart.Prices;

/// <summary>
/// What variants cost, kept for <see cref="CartOptions.PriceLifetime"/>: a cart may show a price that is so old, an order is always
/// priced anew.
/// </summary>
internal sealed class CurrentOffers(CatalogOffers catalog, IMemoryCache cache, CartOptions options, ILogger<CurrentOffers> logger)
{
    /// <returns>By SKU; what is not for sale is left out. Null when catalog does not answer.</returns>
    public async Task<IReadOnlyDictionary<string, Offer>?> FindAsync(
        IReadOnlyCollection<string> skus, string currency, CancellationToken cancellationToken)
    {
        var offers = new Dictionary<string, Offer>(skus.Count, StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var sku in skus)
        {
            if (!cache.TryGetValue((sku, currency), out Offer? offer))
                unknown.Add(sku);
            else if (offer is not null)
                offers[sku] = offer;
        }

        if (unknown.Count == 0)
            return offers;

        if (await AskAsync(new(unknown, [], currency), cancellationToken) is not { } answers)
            return null;

        foreach (var offer in answers)
            offers[offer.Sku] = offer;
        foreach (var sku in unknown)
            cache.Set((sku, currency), offers.GetValueOrDefault(sku), EntryOptions);

        return offers;
    }

    /// <summary>The first variant of a product; false for an answer when catalog does not give one.</summary>
    public async Task<(bool IsAnswered, Offer? Offer)> FindFirstVariantAsync(string productId, string currency, CancellationToken cancellationToken)
    {
        var answers = await AskAsync(new([], [productId], currency), cancellationToken);
        return (answers is not null, answers is [var first, ..] ? first : null);
    }

    private MemoryCacheEntryOptions EntryOptions => new() { AbsoluteExpirationRelativeToNow = options.PriceLifetime, Size = 1 };

    private async Task<IReadOnlyList<Offer>?> AskAsync(OfferQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.FindAsync(question, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException or BrokenCircuitException
            || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.LogWarning("No prices from catalog: {Reason}", e.Message);
            return null;
        }
    }
}
