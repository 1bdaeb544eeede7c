namespace ShopFlow.Orders.Pricing;

/// <param name="Total">Price times quantity.</param>
/// <param name="TaxRate">Percent.</param>
/// <param name="Tax">Within the total or on top of it, as the quote says.</param>
/// <param name="WeightGrams">Of all pieces.</param>
/// <param name="Available">Pieces that can be had as far as is known; the order is decided when it is placed.</param>
internal sealed record QuoteLineView(
    string Sku,
    string ProductId,
    string Name,
    int Quantity,
    decimal UnitPrice,
    decimal Total,
    string TaxClass,
    decimal TaxRate,
    decimal Tax,
    long WeightGrams,
    int? Available)
{
    public static QuoteLineView Of(QuotedLine line)
    {
        var (item, variant) = (line.Item, line.Item.Variant);
        return new(
            variant.Sku,
            variant.ProductId,
            variant.Name,
            item.Quantity,
            item.UnitPrice.ToDecimal(),
            item.Amount.ToDecimal(),
            variant.TaxClass,
            line.Rate.Percent,
            line.Tax.ToDecimal(),
            item.Grams,
            variant.Available);
    }
}
