namespace ShopFlow.Payments.Data;

internal enum RefundState
{
    Requested,

    Refunded,

    /// <summary>No money had been taken.</summary>
    NotNeeded,

    /// <summary>The provider refuses it for good; somebody has to look.</summary>
    Failed,
}
