namespace ShopFlow.Cart.Prices;

internal sealed record OfferAnswer(IReadOnlyList<Offer> Prices);
