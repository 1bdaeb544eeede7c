using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Cart.Storage;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Cart.Editing;

/// <summary>What may be put into a cart, and how a refusal is told.</summary>
internal static class CartRules
{
    private const int LongestSku = 40;
    private const int LongestProductId = 64;

    public static bool IsSku(string? sku) => Texts.IsLine(sku, LongestSku);

    public static bool IsProductId(string? id) => Texts.IsLine(id, LongestProductId);

    public static ProblemHttpResult? RefusalOf(CartChange change, CartOptions options) => change switch
    {
        CartChange.TooManyPieces => Problems.Unprocessable("too-many-pieces", $"A cart holds at most {options.MostPieces} of one item."),
        CartChange.TooManyLines => Problems.Unprocessable("too-many-lines", $"A cart holds at most {options.MostLines} different items."),
        _ => null,
    };

    public static ProblemHttpResult CatalogIsAway() => Problems.Unavailable("The catalogue can't be asked at the moment. Try again.");
}
