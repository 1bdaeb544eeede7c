namespace ShopFlow.Notifications.Delivering;

/// <summary>What the other side said to one delivery.</summary>
internal enum SendResult
{
    Taken,

    /// <summary>Not this one, for now.</summary>
    Failed,

    /// <summary>Not this one, ever.</summary>
    Refused,

    /// <summary>It isn't known where to send it.</summary>
    NoAddress,

    /// <summary>Nobody answered: the next would fare no better.</summary>
    Unreachable,
}
