namespace ShopFlow.Orders.Data;

internal enum RefundState
{
    Requested,
    Paid,

    /// <summary>The provider won't: what was promised may be promised again.</summary>
    Rejected,
}
