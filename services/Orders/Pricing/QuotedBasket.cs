namespace ShopFlow.Orders.Pricing;

/// <param name="Quote">What it costs.</param>
/// <param name="Cart">Where the items came from, unless they were in the request.</param>
internal sealed record QuotedBasket(Quote Quote, Cart? Cart);
