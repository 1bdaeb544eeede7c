using ShopFlow.Contracts;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Administration;

/// <summary>An order in the administrators' list; amounts in major units of <paramref name="Currency"/>.</summary>
/// <param name="State">The step that it is at, finer than its status.</param>
/// <param name="Pieces">Of all lines.</param>
internal sealed record AdminOrderRow(
    Guid Id,
    OrderStatus Status,
    OrderState State,
    string? Reason,
    decimal Total,
    string Currency,
    decimal Refunded,
    DateTimeOffset CreatedAt,
    string UserId,
    string? Email,
    int Pieces)
{
    public static AdminOrderRow Of(Order order) => new(
        order.Id,
        order.Status,
        order.State,
        order.Reason,
        order.TotalAmount.ToDecimal(),
        order.Currency,
        new Money(order.Refunded, order.Currency).ToDecimal(),
        order.CreatedAt,
        order.UserId,
        order.Email,
        order.Lines.Sum(line => line.Quantity));
}
