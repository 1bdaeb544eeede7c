using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Audit;

/// <summary>What administrators did, for administrators; and the way in for services that have no outbox to tell it.</summary>
internal static class AuditEndpoints
{
    private const int MaximumLimit = 200;

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/audit", ListAsync).WithName("ListAdminActions").WithTags("Audit").RequireAuthorization(Policies.Admin);

        // Not by the policy's name: to tell of an action is none.
        app.MapPut("/internal/admin-actions/{id:guid}", ReportAsync)
            .RequireAuthorization(policy => policy.RequireRole(Policies.Admin))
            .ExcludeFromDescription();
    }

    /// <summary>The newest first, from a time (included) to a time (excluded).</summary>
    private static async Task<Results<Ok<AuditPage>, ValidationProblem>> ListAsync(
        [AsParameters] AuditQuery query, AuthDbContext db, CancellationToken cancellationToken, int limit = 50, Guid? next = null)
    {
        var validator = new Validator();
        query.Check(validator);
        validator.Check(limit is >= 1 and <= MaximumLimit, "limit", $"must be between 1 and {MaximumLimit}");
        if (validator.Problem is { } invalid)
            return invalid;

        var actions = query.Apply(db.AdminActions.AsNoTracking());
        var following = next is { } last ? actions.Where(action => action.Id.CompareTo(last) < 0) : actions;
        var found = await following.OrderByDescending(action => action.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var total = await actions.CountAsync(cancellationToken);

        var page = found.Take(limit).Select(AuditedAction.Of).ToList();
        return TypedResults.Ok(new AuditPage(page, total, found.Count > limit ? page[^1].Id : null));
    }

    private static async Task<Results<NoContent, ValidationProblem>> ReportAsync(
        Guid id, AdminActionReport report, HttpContext context, CurrentUser caller, IAdminActionLog actions, CancellationToken cancellationToken)
    {
        if (report.Action.Id != id || report.Action.ActorId != caller.Id)
            return Problems.Invalid("action", "must have the id of the path and be the caller's own");

        await (report.Outcome is { } outcome
            ? actions.EndAsync(report.Action, outcome, context, cancellationToken)
            : actions.BeginAsync(report.Action, context, cancellationToken));
        return TypedResults.NoContent();
    }
}
