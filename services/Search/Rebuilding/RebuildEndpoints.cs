using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Search.Data;
using ShopFlow.Search.Following;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Search.Rebuilding;

internal static class RebuildEndpoints
{
    private const string Path = "/admin/search/rebuild";

    public static void MapRebuild(this IEndpointRouteBuilder app)
    {
        var rebuild = app.MapGroup(Path).WithTags("Search").RequireAuthorization(Policies.Admin);
        rebuild.MapPost("/", RequestAsync).WithName("RebuildSearch");
        rebuild.MapGet("/", GetAsync).WithName("GetSearchRebuild");
    }

    /// <summary>One that is under way goes on, and is the answer.</summary>
    private static async Task<Accepted<RebuildStatus>> RequestAsync(
        SearchDbContext db, CurrentIndex current, SearchTelemetry telemetry, TimeProvider time, CancellationToken cancellationToken)
    {
        // Index: ix_rebuilds_unfinished.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO rebuilds (id, requested_at, products, position, leased_until)
            VALUES ({Guid.CreateVersion7(time.GetUtcNow())}, now(), 0, {Guid.Empty}, '-infinity')
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        return TypedResults.Accepted(Path, await ReadAsync(db, current, telemetry, cancellationToken));
    }

    private static async Task<Ok<RebuildStatus>> GetAsync(
        SearchDbContext db, CurrentIndex current, SearchTelemetry telemetry, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ReadAsync(db, current, telemetry, cancellationToken));

    private static async Task<RebuildStatus> ReadAsync(
        SearchDbContext db, CurrentIndex current, SearchTelemetry telemetry, CancellationToken cancellationToken)
    {
        var last = await db.Rebuilds.AsNoTracking().OrderByDescending(rebuild => rebuild.RequestedAt).FirstAsync(cancellationToken);
        return new(last.Id, last.RequestedAt, last.FinishedAt, last.Products, current.Index?.Count ?? 0, telemetry.Lag.TotalSeconds);
    }
}
