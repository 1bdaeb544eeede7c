using ShopFlow.Auth.Data;

namespace ShopFlow.Auth.Audit;

/// <param name="Actions">The newest first.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Next">What to send as <c>next</c> for the following page; null on the last.</param>
internal sealed record AuditPage(IReadOnlyList<AuditedAction> Actions, int Total, Guid? Next);

/// <param name="Id">Of the action.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="ActorId">Who did it.</param>
/// <param name="ActorName">How they were called then.</param>
/// <param name="Service">Where.</param>
/// <param name="Operation">What: the operation's id in the API's description.</param>
/// <param name="Request">Method, path and query.</param>
/// <param name="Objects">The ids of what it was done to.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Detail">The reason or the new value.</param>
/// <param name="CorrelationId">X-Correlation-Id of the request, also in its trace.</param>
internal sealed record AuditedAction(
    Guid Id,
    DateTimeOffset At,
    string ActorId,
    string ActorName,
    string Service,
    string Operation,
    string Request,
    string[] Objects,
    AuditOutcome Outcome,
    int? Status,
    string? Detail,
    string? CorrelationId)
{
    public static AuditedAction Of(AdminActionEntry entry) => new(
        entry.Id, entry.At, entry.ActorId, entry.ActorName, entry.Service, entry.Operation, entry.Request, entry.Objects,
        entry.Status switch
        {
            null => AuditOutcome.Unknown,
            < StatusCodes.Status400BadRequest => AuditOutcome.Done,
            _ => AuditOutcome.Failed,
        },
        entry.Status, entry.Detail, entry.CorrelationId);
}
