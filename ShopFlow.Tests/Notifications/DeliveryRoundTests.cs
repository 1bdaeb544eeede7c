using Microsoft.Extensions.Logging.Abstractions;
using ShopFlow.Notifications.Data;
using ShopFlow.Notifications.Delivering;

namespace ShopFlow.Tests.Notifications;

public sealed class DeliveryRoundTests
{
    [Fact]
    public async Task A_delivery_that_fails_as_none_should_takes_no_other_with_it()
    {
        var deliveries = Enumerable.Range(0, 3).Select(_ => Claimed()).ToList();
        using var channel = new FaultyChannel(deliveries[1].Id);

        var outcomes = await new DeliveryRound(new(), TimeProvider.System, NullLogger<DeliveryRound>.Instance)
            .RunAsync(channel, deliveries, DateTimeOffset.UtcNow.AddMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal([DeliveryState.Sent, DeliveryState.Waiting, DeliveryState.Sent], outcomes.Select(outcome => outcome.State));
        Assert.Equal("a bug", outcomes[1].Error);
    }

    private static ClaimedDelivery Claimed() => new(
        Guid.NewGuid(), Guid.NewGuid(), 1, DateTimeOffset.UtcNow.AddDays(1), "OrderPlaced", "Subject", "Body", OrderId: null,
        DateTimeOffset.UtcNow, "anna@example.com", "anna", Link: null, WebhookId: null, Url: null, Secret: null);

    private sealed class FaultyChannel(Guid fault) : IOutwardChannel
    {
        public Task<(SendResult Result, string? Error)> SendAsync(ClaimedDelivery delivery, CancellationToken cancellationToken) =>
            delivery.Id == fault ? throw new InvalidOperationException("a bug") : Task.FromResult((SendResult.Taken, (string?)null));

        public void Dispose()
        {
        }
    }
}
