using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Cart.Identity;
using ShopFlow.Cart.Prices;
using ShopFlow.Cart.Reading;
using ShopFlow.Cart.Storage;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Cart.Editing;

/// <summary>POST /cart/items: adds pieces to the cart, and makes a cart for a guest who has none.</summary>
internal sealed class AddItem(CurrentCart current, CartStore store, CurrentOffers offers, CartReading reading, CartOptions options)
{
    public static Task<Results<Ok<CartView>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        AddItemRequest request, AddItem add, CancellationToken cancellationToken) => add.RunAsync(request, cancellationToken);

    private async Task<Results<Ok<CartView>, ValidationProblem, ProblemHttpResult>> RunAsync(AddItemRequest request, CancellationToken cancellationToken)
    {
        var quantity = request.Quantity ?? 1;
        var validator = new Validator();
        validator.Check(quantity >= 1 && quantity <= options.MostPieces, "quantity", $"must be between 1 and {options.MostPieces}");
        if (request.ProductId is null)
            validator.Check(CartRules.IsSku(request.Sku), "sku", "must be the SKU of a variant");
        else
            validator.Check(request.Sku is null && CartRules.IsProductId(request.ProductId), "productId", "must be the id of a product, without a sku beside it");
        if (validator.Problem is { } invalid)
            return invalid;

        var (isAnswered, offer) = await FindAsync(request, cancellationToken);
        if (!isAnswered)
            return CartRules.CatalogIsAway();
        if (offer is null)
            return Problems.Invalid(request.Sku is null ? "productId" : "sku", "is not for sale");

        var key = await current.FindOrCreateAsync();
        var (change, cart) = await store.AddAsync(key, offer.Sku, quantity, offer.AsSeen);
        if (CartRules.RefusalOf(change, options) is { } refusal)
            return refusal;

        return TypedResults.Ok(await reading.ViewAfterChangeAsync(key, cart, cancellationToken));
    }

    // That it is for sale in the usual currency is enough to come into a cart, which shows it in its own.
    private async Task<(bool IsAnswered, Offer? Offer)> FindAsync(AddItemRequest request, CancellationToken cancellationToken)
    {
        if (request.Sku is not { } sku)
            return await offers.FindFirstVariantAsync(request.ProductId!, CartReading.UsualCurrency, cancellationToken);

        var found = await offers.FindAsync([sku], CartReading.UsualCurrency, cancellationToken);
        return (found is not null, found?.GetValueOrDefault(sku));
    }
}
