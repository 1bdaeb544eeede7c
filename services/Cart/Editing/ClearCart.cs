using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Cart.Identity;
using ShopFlow.Cart.Storage;

namespace ShopFlow.Cart.Editing;

/// <summary>DELETE /cart.</summary>
internal static class ClearCart
{
    public static async Task<NoContent> HandleAsync(CurrentCart current, CartStore store)
    {
        if (await current.FindAsync() is { } key)
            await store.ClearAsync(key);

        return TypedResults.NoContent();
    }
}
