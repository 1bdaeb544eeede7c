namespace ShopFlow.Cart.Prices;

internal sealed record OfferQuestion(IReadOnlyList<string> Skus, IReadOnlyList<string> ProductIds, string Currency);
