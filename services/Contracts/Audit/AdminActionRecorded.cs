namespace ShopFlow.Contracts;

/// <summary>An administrator did something, at the time of the event. A second one for the same action tells how it ended.</summary>
/// <param name="ActionId">A UUIDv7 of that time.</param>
/// <param name="ActorId">The user.</param>
/// <param name="ActorName">How the user was called.</param>
/// <param name="Service">Where it was done.</param>
/// <param name="Operation">What the API's description calls it.</param>
/// <param name="Request">Method, path and query.</param>
/// <param name="Objects">The ids that the path names, and that of what was made.</param>
/// <param name="Status">HTTP status of the answer; null if the service ended before it.</param>
/// <param name="Detail">What the operation says of itself.</param>
/// <param name="CorrelationId">Of the request.</param>
[EventName("audit.admin-action-recorded")]
public sealed record AdminActionRecorded(
    Guid ActionId,
    string ActorId,
    string ActorName,
    string Service,
    string Operation,
    string Request,
    IReadOnlyList<string> Objects,
    int? Status,
    string? Detail,
    string? CorrelationId) : IntegrationEvent;
