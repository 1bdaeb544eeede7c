namespace ShopFlow.Notifications.Delivering;

/// <summary>An open line to a mail server or a webhook: one delivery after the other, then it is closed.</summary>
internal interface IOutwardChannel : IDisposable
{
    /// <returns>The result, and unless it was taken the reason.</returns>
    Task<(SendResult Result, string? Error)> SendAsync(ClaimedDelivery delivery, CancellationToken cancellationToken);
}
