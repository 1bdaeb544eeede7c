namespace ShopFlow.Orders.Promotions;

internal enum PromotionStatus
{
    Scheduled,
    Active,
    Ended,
}
