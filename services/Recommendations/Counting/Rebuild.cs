using Microsoft.AspNetCore.Http.HttpResults;

namespace ShopFlow.Recommendations.Counting;

/// <summary>POST /admin/recommendations/rebuild. It answers when it is done; who hangs up ends it after the slice that is at work.</summary>
internal static class Rebuild
{
    public static async Task<Ok<RebuildResult>> HandleAsync(RebuildCounts rebuild, CancellationToken cancellationToken) =>
        TypedResults.Ok(await rebuild.RunAsync(cancellationToken));
}
