using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Checkout;

internal sealed record CheckoutTransition(OrderState To, CheckoutAction Action, string? Reason = null);
