using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Recommendations;

/// <summary>Section <c>Recommendations</c> of the configuration.</summary>
internal sealed record RecommendationsOptions
{
    /// <summary>
    /// What a pair's count must come up against (see <see cref="Reading.Ranking"/>): the higher, the less is made of two products
    /// that met by chance.
    /// </summary>
    [Range(0, 1000)]
    public double Doubt { get; init; } = 5;

    /// <summary>Pause between two looks for products that have changed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan FollowInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Views that wait to be counted; what comes while so many wait is not counted.</summary>
    [Range(1, 1_000_000)]
    public int MostViewsWaiting { get; init; } = 10_000;

    /// <summary>How long views are collected before they are counted together.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan ViewDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Products of one visit that count; a robot's tour of the shop says nothing about what belongs together.</summary>
    [Range(2, 1000)]
    public int MostProductsOfAVisit { get; init; } = 50;

    /// <summary>How long an order counts.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan OrderMemory { get; init; } = TimeSpan.FromDays(365);

    /// <summary>How long a visit counts.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan VisitMemory { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Pause between two looks for what is too old.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ForgetInterval { get; init; } = TimeSpan.FromHours(1);
}
