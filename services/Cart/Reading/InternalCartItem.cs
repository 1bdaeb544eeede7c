namespace ShopFlow.Cart.Reading;

internal sealed record InternalCartItem(string Sku, int Quantity);
