using ShopFlow.Cart.Storage;

namespace ShopFlow.Cart.Prices;

/// <summary>A variant as catalog sells it now. <c>Price</c> is in minor units; <c>Available</c> is what it last heard.</summary>
internal sealed record Offer(string Sku, string ProductId, string Name, long Price, string Currency, int Available, string ImageUrl)
{
    public SeenOffer AsSeen => new(ProductId, Name, ImageUrl, Price, Currency);
}
