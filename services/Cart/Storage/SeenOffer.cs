namespace ShopFlow.Cart.Storage;

/// <summary>What a shopper was shown of a variant. <c>Price</c> is in minor units of <c>Currency</c>.</summary>
internal sealed record SeenOffer(string ProductId, string Name, string ImageUrl, long Price, string Currency);
