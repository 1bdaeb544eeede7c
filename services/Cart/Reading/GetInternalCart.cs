using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Cart.Identity;
using ShopFlow.Cart.Storage;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Cart.Reading;

/// <summary>GET /internal/carts/{key}: what orders is to sell. Not reachable through the gateway. An unknown cart is an empty one.</summary>
internal static class GetInternalCart
{
    public static async Task<Results<Ok<InternalCart>, ValidationProblem>> HandleAsync(string key, CartStore store)
    {
        if (!CartKey.TryParse(key, out var known))
            return Problems.Invalid("key", "must be user:{userId} or guest:{cartId}");

        var cart = await store.ReadAsync(known);
        return TypedResults.Ok(new InternalCart(
            key, cart.Version, cart.Currency, [.. cart.Lines.Select(line => new InternalCartItem(line.Sku, line.Quantity))]));
    }
}
