namespace ShopFlow.Orders.Checkout;

internal sealed record CheckoutTransition(CheckoutState To, CheckoutAction Action, string? Reason = null);
