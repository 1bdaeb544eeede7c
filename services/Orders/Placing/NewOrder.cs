using ShopFlow.Orders.Data;
using ShopFlow.Orders.Pricing;

namespace ShopFlow.Orders.Placing;

/// <summary>An order as it is when it is placed: with every figure of the quote, for good.</summary>
internal static class NewOrder
{
    public static Order From(
        PlaceOrderRequest request, Quote quote, string? userId, byte[]? accessKeyHash, OrdersOptions options, DateTimeOffset at)
    {
        var now = at.ToMicroseconds();
        var id = Guid.CreateVersion7(now);
        return new()
        {
            Id = id,
            UserId = userId ?? $"guest:{id}",
            Email = request.Email,
            AccessKeyHash = accessKeyHash,
            PaymentMethod = request.PaymentMethod!,
            ShippingAddress = request.ShippingAddress,
            ShippingOption = quote.Delivery?.Option.Code,
            Currency = quote.Currency,
            Subtotal = quote.Subtotal.MinorUnits,
            Discount = quote.GoodsDiscount.MinorUnits,
            ShippingDiscount = quote.ShippingDiscount.MinorUnits,
            Shipping = quote.Shipping.MinorUnits,
            ShippingTax = quote.ShippingTax.MinorUnits,
            Tax = quote.Tax.MinorUnits,
            TaxIncluded = quote.TaxIncluded,
            Total = quote.Total.MinorUnits,
            RatesVersion = quote.Delivery?.RatesVersion,
            Discounts = quote.Discounts is [] ? null : quote.Discounts,
            CouponId = quote.Coupon?.PromotionId,
            CreatedAt = now,
            State = OrderState.AwaitingStock,
            Deadline = now + options.StockDeadline,
            Lines = [.. quote.Lines.Select(Line)],
            History = [new() { Step = 1, State = OrderState.AwaitingStock, At = now }],
        };
    }

    private static OrderedItem Line(QuotedLine line, int position)
    {
        var variant = line.Item.Variant;
        return new()
        {
            Position = position,
            Sku = variant.Sku,
            ProductId = variant.ProductId,
            Name = variant.Name,
            Quantity = line.Item.Quantity,
            UnitPrice = variant.Price,
            TaxClass = variant.TaxClass,
            TaxRate = line.Rate.Percent,
            Discount = line.Discount.MinorUnits,
            Tax = line.Tax.MinorUnits,
            WeightGrams = variant.WeightGrams,
        };
    }
}
