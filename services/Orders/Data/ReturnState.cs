namespace ShopFlow.Orders.Data;

internal enum ReturnState
{
    Requested,

    /// <summary>Every piece was received or rejected.</summary>
    Settled,
}
