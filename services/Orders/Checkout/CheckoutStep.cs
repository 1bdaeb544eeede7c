using ShopFlow.Contracts;

namespace ShopFlow.Orders.Checkout;

/// <param name="OrderId">The order that is to move.</param>
/// <param name="Trigger">What moves it.</param>
/// <param name="Cause">The event behind the trigger, if it was one.</param>
internal sealed record CheckoutStep(Guid OrderId, CheckoutTrigger Trigger, IntegrationEvent? Cause = null);
