namespace ShopFlow.Search.Rebuilding;

/// <summary>The last rebuild that was asked for, and what this replica can find.</summary>
/// <param name="FinishedAt">Null while it is under way.</param>
/// <param name="Read">Products read from the catalogue so far, archived ones included.</param>
/// <param name="Documents">Products that can be found.</param>
/// <param name="LagSeconds">Age of the oldest change that may not be found yet.</param>
internal sealed record RebuildStatus(
    Guid Id, DateTimeOffset RequestedAt, DateTimeOffset? FinishedAt, int Read, int Documents, double LagSeconds);
