using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Cart.Identity;
using ShopFlow.Cart.Storage;

namespace ShopFlow.Cart.Reading;

/// <summary>GET /cart. A guest without a cart is shown an empty one, and none is made.</summary>
internal static class GetCart
{
    public static async Task<Ok<CartView>> HandleAsync(CurrentCart current, CartStore store, CartReading reading, CancellationToken cancellationToken)
    {
        var key = await current.FindAsync();
        var cart = key is { } known ? await store.ReadAsync(known) : StoredCart.None;
        return TypedResults.Ok(await reading.ViewAsync(key, cart, cancellationToken));
    }
}
