using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Cart.Identity;
using ShopFlow.Cart.Prices;
using ShopFlow.Cart.Reading;
using ShopFlow.Cart.Storage;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Cart.Editing;

/// <summary>PUT /cart/items/{sku}: a line has so many pieces afterwards, however often it is sent.</summary>
internal sealed class SetQuantity(CurrentCart current, CartStore store, CurrentOffers offers, CartReading reading, CartOptions options)
{
    public static Task<Results<Ok<CartView>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        string sku, SetQuantityRequest request, SetQuantity set, CancellationToken cancellationToken) => set.RunAsync(sku, request, cancellationToken);

    private async Task<Results<Ok<CartView>, ValidationProblem, ProblemHttpResult>> RunAsync(
        string sku, SetQuantityRequest request, CancellationToken cancellationToken)
    {
        var validator = new Validator();
        validator.Check(CartRules.IsSku(sku), "sku", "must be the SKU of a variant");
        validator.Check(request.Quantity >= 0 && request.Quantity <= options.MostPieces, "quantity", $"must be between 0 and {options.MostPieces}");
        if (validator.Problem is { } invalid)
            return invalid;

        return request.Quantity == 0 ? await RemoveAsync(sku, cancellationToken) : await PutAsync(sku, request.Quantity!.Value, cancellationToken);
    }

    private async Task<Ok<CartView>> RemoveAsync(string sku, CancellationToken cancellationToken)
    {
        var key = await current.FindAsync();
        var cart = key is { } known ? await store.RemoveAsync(known, sku) : StoredCart.None;
        return TypedResults.Ok(await reading.ViewAsync(key, cart, cancellationToken));
    }

    private async Task<Results<Ok<CartView>, ValidationProblem, ProblemHttpResult>> PutAsync(string sku, int quantity, CancellationToken cancellationToken)
    {
        var found = await offers.FindAsync([sku], CartReading.UsualCurrency, cancellationToken);
        if (found is null)
            return CartRules.CatalogIsAway();
        if (found.GetValueOrDefault(sku) is not { } offer)
            return Problems.Invalid("sku", "is not for sale");

        var key = await current.FindOrCreateAsync();
        var (change, cart) = await store.SetAsync(key, sku, quantity, offer.AsSeen);
        if (CartRules.RefusalOf(change, options) is { } refusal)
            return refusal;

        return TypedResults.Ok(await reading.ViewAfterChangeAsync(key, cart, cancellationToken));
    }
}
