using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.History;

internal sealed record ReturnView(Guid Id, ReturnState Status, string Reason, DateTimeOffset RequestedAt, IReadOnlyList<ReturnLineView> Lines)
{
    public static ReturnView Of(Return entity) => new(
        entity.Id,
        entity.State,
        entity.Reason,
        entity.RequestedAt,
        [.. entity.Lines.OrderBy(line => line.Position).Select(line => new ReturnLineView(
            line.Sku, line.Quantity, line.Received, line.Restocked, line.Rejected, line.RejectedBecause))]);
}
