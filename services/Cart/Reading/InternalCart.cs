namespace ShopFlow.Cart.Reading;

/// <param name="Id">Its key: <c>user:{userId}</c> or <c>guest:{cartId}</c>.</param>
/// <param name="Version">Grows with every change; 0 for an unknown cart.</param>
/// <param name="Currency">Null when nothing was chosen.</param>
/// <param name="Items">In the order in which they were added.</param>
internal sealed record InternalCart(string Id, long Version, string? Currency, IReadOnlyList<InternalCartItem> Items);
