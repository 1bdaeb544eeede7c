namespace ShopFlow.Inventory.Data;

internal enum ReservationState
{
    /// <summary>The units are reserved until the reservation expires.</summary>
    Held,

    /// <summary>The order was confirmed and the units are sold.</summary>
    Confirmed,

    /// <summary>The order was cancelled. Without lines it is a tombstone: the cancellation came before the order.</summary>
    Released,

    /// <summary>Nobody confirmed in time; the units are available again.</summary>
    Expired,

    /// <summary>At least one line could not be filled, so nothing was reserved.</summary>
    Rejected,

    /// <summary>Confirmed after it had expired, and the units were gone by then: paid for, but without goods.</summary>
    Unfilled,
}
