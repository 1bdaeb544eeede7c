using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Gateway.RateLimiting;

/// <summary>Settings of the section <c>Gateway:RateLimits</c>: requests a minute of one caller.</summary>
internal sealed record RateLimitOptions
{
    /// <summary>All limits are multiplied by this: high where all callers come from one address, as on a developer's machine.</summary>
    [Range(1, 1_000_000)]
    public int Factor { get; init; } = 1;

    /// <summary>Reads that a service answers. Pages that the gateway has in memory cost as little as a refusal and are not counted.</summary>
    [Range(1, 1_000_000)]
    public int Read { get; init; } = 1200;

    [Range(1, 1_000_000)]
    public int Write { get; init; } = 300;

    [Range(1, 1_000_000)]
    public int Order { get; init; } = 30;

    /// <summary>Notifications that a caller sends, each of which may become an e-mail.</summary>
    [Range(1, 1_000_000)]
    public int Message { get; init; } = 30;

    /// <summary>Whatever takes or makes a password. Counted by address, whoever the caller says to be.</summary>
    [Range(1, 1_000_000)]
    public int Password { get; init; } = 30;

    /// <summary>Calls of the payment provider, which are signed.</summary>
    [Range(1, 1_000_000)]
    public int Webhook { get; init; } = 6000;

    /// <summary>How often replicas tell each other, over Redis, what they counted. Together they let through too much for at most so long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan ShareInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Callers that are told apart at a time; more share one count, so that many addresses can't take all memory.</summary>
    [Range(1, 10_000_000)]
    public int MaximumCallers { get; init; } = 100_000;

    public int LimitOf(RateLimit limit) => Factor * limit switch
    {
        RateLimit.Read => Read,
        RateLimit.Write => Write,
        RateLimit.Order => Order,
        RateLimit.Message => Message,
        RateLimit.Password => Password,
        RateLimit.Webhook => Webhook,
        _ => throw new ArgumentOutOfRangeException(nameof(limit), limit, "Unknown limit."),
    };
}
