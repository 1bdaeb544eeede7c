using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Delivering;

/// <summary>What an attempt came to.</summary>
/// <param name="Delivery">As it was claimed.</param>
/// <param name="State">Waiting when it is to be tried again.</param>
/// <param name="DueAt">When that is.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record DeliveryOutcome(ClaimedDelivery Delivery, DeliveryState State, DateTimeOffset? DueAt = null, string? Error = null);
