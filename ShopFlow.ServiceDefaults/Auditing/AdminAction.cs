namespace ShopFlow.ServiceDefaults;

/// <summary>What an administrator is about to do. It has no part of the request's body: that may be a secret.</summary>
/// <param name="Id">A UUIDv7 of <paramref name="At"/>.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="ActorId">The user.</param>
/// <param name="ActorName">How the user is called.</param>
/// <param name="Service">Where it is done.</param>
/// <param name="Operation">What the API's description calls it.</param>
/// <param name="Request">Method, path and query.</param>
/// <param name="Objects">The ids that the path names, and at the end that of what was made.</param>
/// <param name="CorrelationId">Of the request.</param>
public sealed record AdminAction(
    Guid Id,
    DateTimeOffset At,
    string ActorId,
    string ActorName,
    string Service,
    string Operation,
    string Request,
    IReadOnlyList<string> Objects,
    string? CorrelationId);
