namespace ShopFlow.Orders.Data;

/// <summary>What one promotion took off one line, or off shipping, as it was when the order was placed.</summary>
/// <param name="PromotionId">The promotion, which may have been changed since.</param>
/// <param name="Name">As the shopper read it.</param>
/// <param name="Code">The coupon's.</param>
/// <param name="Line">The line's position; null for shipping.</param>
/// <param name="Amount">Minor units of the order's currency, above zero.</param>
internal sealed record AppliedDiscount(Guid PromotionId, string Name, string? Code, int? Line, long Amount);
