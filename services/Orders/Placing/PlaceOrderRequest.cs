using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Placing;

internal sealed record PlaceOrderRequest(
    IReadOnlyList<RequestedItem?>? Items,
    string? Currency,
    string? PaymentMethod,
    string? Email,
    ShippingAddress? ShippingAddress)
{
    private const string DefaultCurrency = "USD";
    private const string DefaultPaymentMethod = "card";

    /// <summary>The request as it is understood: what was left out has its default, so that two requests can be compared.</summary>
    public PlaceOrderRequest WithDefaults() => this with
    {
        Currency = Currency ?? DefaultCurrency,
        PaymentMethod = PaymentMethod ?? DefaultPaymentMethod,
    };
}
