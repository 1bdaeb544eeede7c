namespace ShopFlow.Recommendations.Data;

/// <summary>The products that one visitor looked at on one day.</summary>
internal sealed class Visit
{
    /// <summary>A hash of the visitor and the day, so that nobody's history can be put together.</summary>
    public Guid Id { get; init; }

    /// <summary>Each product once.</summary>
    public required Guid[] Products { get; init; }

    public DateOnly Day { get; init; }
}
