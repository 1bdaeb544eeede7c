using ShopFlow.ServiceDefaults;

namespace ShopFlow.Inventory.Stock;

internal static class StockApi
{
    public static RouteGroupBuilder MapStock(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/admin/stock").RequireAuthorization(Policies.Admin).WithTags("Stock");

        group.MapGet("/", ListStock.HandleAsync);
        group.MapGet("/{sku}", GetStock.HandleAsync);
        group.MapPut("/{sku}", AdjustStock.HandleAsync);
        group.MapPut("/{sku}/threshold", SetThreshold.HandleAsync);
        group.MapGet("/{sku}/adjustments", ListAdjustments.HandleAsync);

        return group;
    }
}
