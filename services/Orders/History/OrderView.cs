using ShopFlow.Contracts;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.History;

/// <summary>An order as its owner sees it; amounts in major units of <paramref name="Currency"/>.</summary>
internal sealed record OrderView(
    Guid Id,
    OrderStatus Status,
    string? Reason,
    decimal Total,
    string Currency,
    DateTimeOffset CreatedAt,
    IReadOnlyList<OrderLineView> Lines)
{
    public static OrderView Of(Order order) => new(
        order.Id,
        order.Status,
        order.Reason,
        order.TotalAmount.ToDecimal(),
        order.Currency,
        order.CreatedAt,
        [.. order.Lines.OrderBy(line => line.Position).Select(line => Of(line, order.Currency))]);

    private static OrderLineView Of(OrderedItem line, string currency)
    {
        var price = new Money(line.UnitPrice, currency);
        return new(line.Sku, line.ProductId, line.Name, line.Quantity, price.ToDecimal(), (price * line.Quantity).ToDecimal());
    }
}
