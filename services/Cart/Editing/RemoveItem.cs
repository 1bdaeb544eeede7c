using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Cart.Identity;
using ShopFlow.Cart.Reading;
using ShopFlow.Cart.Storage;

namespace ShopFlow.Cart.Editing;

/// <summary>DELETE /cart/items/{sku}: what is not there is gone already.</summary>
internal static class RemoveItem
{
    public static async Task<Ok<CartView>> HandleAsync(
        string sku, CurrentCart current, CartStore store, CartReading reading, CancellationToken cancellationToken)
    {
        var key = await current.FindAsync();
        var cart = key is { } known ? await store.RemoveAsync(known, sku) : StoredCart.None;
        return TypedResults.Ok(await reading.ViewAsync(key, cart, cancellationToken));
    }
}
