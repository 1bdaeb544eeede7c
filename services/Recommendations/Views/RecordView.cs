using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Recommendations.Views;

/// <summary>
/// POST /products/{id}/views: a shopper looks at a product. The page tells so itself, because the gateway answers the product from
/// memory. Accepted at once, counted within seconds, and no promise.
/// </summary>
internal static class RecordView
{
    public static Results<Accepted, ProblemHttpResult> Handle(string id, Visitor visitor, ViewBuffer views)
    {
        if (!Guid.TryParse(id, out var productId))
            return Problems.NotFound($"There is no product {id}.");

        var (visitId, day) = visitor.CurrentVisit();
        views.Add(new(visitId, productId, day));
        return TypedResults.Accepted((string?)null);
    }
}
