using ShopFlow.Cart.Identity;
using ShopFlow.Cart.Prices;
using ShopFlow.Cart.Storage;
using ShopFlow.Contracts;

namespace ShopFlow.Cart.Reading;

/// <summary>Shows a cart with today's prices, and what is new about them.</summary>
internal sealed class CartReading(CurrentOffers offers, CartStore store)
{
    public const string UsualCurrency = "USD";

    public async Task<CartView> ViewAsync(CartKey? key, StoredCart cart, CancellationToken cancellationToken) =>
        ViewOf(key, cart, await OffersOfAsync(cart, cancellationToken));

    /// <summary>As <see cref="ViewAsync"/>, after the shopper has changed the cart: from now on changes are told against what this shows.</summary>
    public async Task<CartView> ViewAfterChangeAsync(CartKey key, StoredCart cart, CancellationToken cancellationToken)
    {
        var current = await OffersOfAsync(cart, cancellationToken);
        var moved = cart.Lines
            .Select(line => (line.Sku, line.Seen, Now: current?.GetValueOrDefault(line.Sku)?.AsSeen))
            .Where(line => line.Now is not null && line.Now != line.Seen)
            .Select(line => (line.Sku, line.Now!))
            .ToList();
        if (moved.Count > 0)
            await store.ShowAsync(key, moved);

        return ViewOf(key, cart, current);
    }

    private async Task<IReadOnlyDictionary<string, Offer>?> OffersOfAsync(StoredCart cart, CancellationToken cancellationToken) =>
        cart.Lines is [] ? new Dictionary<string, Offer>() : await offers.FindAsync([.. cart.Lines.Select(line => line.Sku)], CurrencyOf(cart), cancellationToken);

    private static string CurrencyOf(StoredCart cart) => cart.Currency ?? UsualCurrency;

    private static CartView ViewOf(CartKey? key, StoredCart cart, IReadOnlyDictionary<string, Offer>? offers)
    {
        var currency = CurrencyOf(cart);
        var lines = cart.Lines.Select(line => LineOf(line, currency, offers)).ToList();
        return new(
            key?.Id,
            cart.Version,
            currency,
            lines,
            lines.Aggregate(Money.Zero(currency).ToDecimal(), (sum, line) => sum + (line.LineTotal ?? 0)),
            offers is null ? [] : [.. cart.Lines.SelectMany(line => NoticesOf(line, currency, offers.GetValueOrDefault(line.Sku)))],
            PricesAreStale: offers is null);
    }

    private static CartLineView LineOf(StoredLine line, string currency, IReadOnlyDictionary<string, Offer>? offers)
    {
        var offer = offers?.GetValueOrDefault(line.Sku);
        var known = offer?.AsSeen ?? line.Seen;
        var isForSale = offer is not null || (offers is null && line.Seen?.Currency == currency);
        Money? price = isForSale ? new Money(known!.Price, currency) : null;
        return new(
            line.Sku,
            known?.ProductId,
            known?.Name,
            price?.ToDecimal(),
            line.Quantity,
            (price * line.Quantity)?.ToDecimal(),
            offers is null ? null : offer?.Available ?? 0,
            known?.ImageUrl);
    }

    private static IEnumerable<CartNotice> NoticesOf(StoredLine line, string currency, Offer? offer)
    {
        if (offer is null)
        {
            yield return new(line.Sku, CartNoticeKind.Unavailable, line.Quantity, null);
            yield break;
        }

        // In another currency than before there is nothing to compare.
        if (line.Seen is { } seen && seen.Currency == currency && seen.Price != offer.Price)
            yield return new(line.Sku, CartNoticeKind.PriceChanged, Major(seen.Price), Major(offer.Price));

        if (offer.Available < line.Quantity)
            yield return new(line.Sku, CartNoticeKind.QuantityUnavailable, line.Quantity, Math.Max(offer.Available, 0));

        decimal Major(long minor) => new Money(minor, currency).ToDecimal();
    }
}
