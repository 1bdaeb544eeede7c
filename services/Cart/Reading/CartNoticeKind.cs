namespace ShopFlow.Cart.Reading;

internal enum CartNoticeKind
{
    PriceChanged,

    /// <summary>Fewer pieces can be bought than are in the cart.</summary>
    QuantityUnavailable,

    /// <summary>It is not for sale any more, or not in this currency.</summary>
    Unavailable,
}
