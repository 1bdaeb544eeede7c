using ShopFlow.Contracts;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.History;

/// <summary>Amounts in major units of the order's currency.</summary>
/// <param name="Total">Price times quantity.</param>
/// <param name="TaxRate">Percent.</param>
/// <param name="Tax">Within the total or on top of it, as the order says.</param>
internal sealed record OrderLineView(
    string Sku,
    string ProductId,
    string Name,
    int Quantity,
    decimal UnitPrice,
    decimal Total,
    decimal TaxRate,
    decimal Tax,
    int Shipped,
    int Delivered,
    int Returned,
    decimal Refunded)
{
    public static OrderLineView Of(OrderedItem line, string currency)
    {
        return new(
            line.Sku,
            line.ProductId,
            line.Name,
            line.Quantity,
            Major(line.UnitPrice),
            Major(line.Amount),
            line.TaxRate,
            Major(line.Tax),
            line.Shipped,
            line.Delivered,
            line.Returned,
            Major(line.RefundedAmount));

        decimal Major(long amount) => new Money(amount, currency).ToDecimal();
    }
}
