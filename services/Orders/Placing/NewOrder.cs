using ShopFlow.Orders.Data;
using ShopFlow.Orders.Pricing;

namespace ShopFlow.Orders.Placing;

/// <summary>An order as it is when it is placed: with every figure of the quote, for good.</summary>
internal static class NewOrder
{
    public static Order From(
        PlaceOrderRequest request, Quote quote, string? userId, byte[]? accessKeyHash, OrdersOptions options, DateTimeOffset at)
    {
        // As precise as the database keeps it, so that the first answer and all later ones say the same.
        var now = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
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
            Shipping = quote.Shipping.MinorUnits,
            ShippingTax = quote.ShippingTax.MinorUnits,
            Tax = quote.Tax.MinorUnits,
            TaxIncluded = quote.TaxIncluded,
            Total = quote.Total.MinorUnits,
            RatesVersion = quote.Delivery?.RatesVersion,
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
            Tax = line.Tax.MinorUnits,
            WeightGrams = variant.WeightGrams,
        };
    }
}
