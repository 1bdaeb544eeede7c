using ShopFlow.Notifications.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Notifications.Delivering;

/// <summary>Sends what was claimed for the mail server or for one webhook, and says what came of it.</summary>
internal sealed class DeliveryRound(DeliveryOptions options, TimeProvider time, ILogger<DeliveryRound> logger)
{
    /// <summary>The event about a new user may come after the one about the user's first order, but not minutes after.</summary>
    private const int AttemptsWithoutAddress = 6;

    /// <param name="channel">The line to send them over.</param>
    /// <param name="deliveries">All for the same receiver.</param>
    /// <param name="leaseEnd">When others take up what isn't written down.</param>
    /// <param name="stopping">Leaves the rest for another time.</param>
    /// <returns>One outcome for each delivery.</returns>
    public async Task<List<DeliveryOutcome>> RunAsync(
        IOutwardChannel channel, IReadOnlyList<ClaimedDelivery> deliveries, DateTimeOffset leaseEnd, CancellationToken stopping)
    {
        var lastBegin = leaseEnd - (2 * options.TimeLimit);
        var outcomes = new List<DeliveryOutcome>(deliveries.Count);
        string? outage = null;

        foreach (var delivery in deliveries)
        {
            if (stopping.IsCancellationRequested || time.GetUtcNow() >= lastBegin)
            {
                outcomes.Add(new(delivery, DeliveryState.Waiting, time.GetUtcNow()));
                continue;
            }

            // Who doesn't answer one delivery won't answer the next: the rest fails without waiting for the time limit each.
            var (result, error) = outage is null ? await SendAsync(channel, delivery, stopping) : (SendResult.Unreachable, outage);
            if (result is SendResult.Unreachable)
                outage = error;
            outcomes.Add(stopping.IsCancellationRequested && result is SendResult.Unreachable
                ? new(delivery, DeliveryState.Waiting, time.GetUtcNow())
                : OutcomeOf(delivery, result, error));
        }

        if (outage is not null)
            logger.LogWarning("{Receiver} cannot be reached: {Cause}", deliveries[0].Url is { } url ? new Uri(url).Host : "The mail server", outage);
        return outcomes;
    }

    // Those before it are sent. If they weren't written down for what is wrong with this one, they would be sent again and again.
    private async Task<(SendResult Result, string? Error)> SendAsync(IOutwardChannel channel, ClaimedDelivery delivery, CancellationToken stopping)
    {
        try
        {
            return await channel.SendAsync(delivery, stopping);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Delivery {DeliveryId} failed as none should", delivery.Id);
            return (SendResult.Failed, e.Message);
        }
    }

    private DeliveryOutcome OutcomeOf(ClaimedDelivery delivery, SendResult result, string? error)
    {
        var isLast = time.GetUtcNow() >= delivery.GivesUpAt;
        return result switch
        {
            SendResult.Taken => new(delivery, DeliveryState.Sent),
            SendResult.NoAddress when isLast || delivery.Attempts >= AttemptsWithoutAddress => new(delivery, DeliveryState.Skipped, Error: error),
            SendResult.Refused => Dead(delivery, error),
            SendResult.Failed or SendResult.Unreachable when isLast => Dead(delivery, error),
            _ => new(
                delivery,
                DeliveryState.Waiting,
                time.GetUtcNow() + ExponentialBackoff.After(delivery.Attempts, options.Backoff, options.MaxBackoff),
                error),
        };
    }

    private DeliveryOutcome Dead(ClaimedDelivery delivery, string? error)
    {
        logger.LogWarning("Delivery {DeliveryId} is given up after attempt {Attempt}: {Cause}", delivery.Id, delivery.Attempts, error);
        return new(delivery, DeliveryState.Dead, Error: error);
    }
}
