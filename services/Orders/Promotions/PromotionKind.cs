namespace ShopFlow.Orders.Promotions;

internal enum PromotionKind
{
    /// <summary>A percentage of each line.</summary>
    Percentage,

    /// <summary>An amount, given out over the lines by what they cost.</summary>
    Fixed,

    FreeShipping,

    /// <summary>Of so many pieces bought, the cheapest for less or for nothing.</summary>
    BuyXGetY,

    /// <summary>A percentage that grows with the pieces bought or the money spent.</summary>
    Tiered,
}
