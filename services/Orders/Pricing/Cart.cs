namespace ShopFlow.Orders.Pricing;

/// <param name="Id">Its key: <c>user:{userId}</c> or <c>guest:{cartId}</c>.</param>
/// <param name="Version">Changes with every change of the cart.</param>
/// <param name="Currency">What the shopper wants to pay in; null when nothing was chosen.</param>
/// <param name="Items">Empty for an unknown cart.</param>
internal sealed record Cart(string Id, long Version, string? Currency, IReadOnlyList<CartItem> Items);
