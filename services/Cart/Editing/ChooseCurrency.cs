using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Cart.Identity;
using ShopFlow.Cart.Reading;
using ShopFlow.Cart.Storage;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Cart.Editing;

/// <summary>PUT /cart/currency: what the cart's prices are shown in, and what an order from it is paid in.</summary>
internal static class ChooseCurrency
{
    public static async Task<Results<Ok<CartView>, ValidationProblem>> HandleAsync(
        ChooseCurrencyRequest request, CurrentCart current, CartStore store, CartReading reading, CancellationToken cancellationToken)
    {
        if (!Currencies.Contains(request.Currency))
            return Problems.Invalid("currency", $"must be one of {string.Join(", ", Currencies.Codes)}");

        var key = await current.FindOrCreateAsync();
        var cart = await store.ChooseCurrencyAsync(key, request.Currency!);
        return TypedResults.Ok(await reading.ViewAfterChangeAsync(key, cart, cancellationToken));
    }
}
