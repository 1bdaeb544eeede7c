using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Flags;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Gateway.Flags;

/// <summary>
/// /admin/flags: the feature flags of all services, which read the same file. In a cluster the file is a ConfigMap, which is changed as every
/// other object is: a PUT is then refused with where that is.
/// </summary>
internal static class FlagsApi
{
    private const string ChangedElsewhere =
        "The flags are the ConfigMap 'flags' here: set them under 'flags' in deploy/environments, export and apply. 'kubectl edit configmap flags' changes them until the next time.";

    public static void MapFlags(this WebApplication app)
    {
        var file = app.Configuration[FlagsExtensions.FileSetting] is { Length: > 0 } path ? new FlagFile(path) : null;
        var flags = app.MapGroup("/admin/flags").RequireAuthorization(Policies.Admin).WithTags("Flags");
        flags.MapGet("/", () => List(file)).WithName("ListFlags");
        flags.MapPut("/{name}", (string name, FlagChange change, ILoggerFactory logs, HttpContext context, CurrentUser user, CancellationToken stop) =>
            SetAsync(name, change, file, logs.CreateLogger(typeof(FlagsApi)), context, user, stop)).WithName("SetFlag");
    }

    private static Results<Ok<FlagList>, ProblemHttpResult> List(FlagFile? file)
    {
        try
        {
            var set = file?.Read();
            return TypedResults.Ok(new FlagList(
                [.. Flag.All.Select(flag => FlagView.Of(flag, set?.TryGetValue(flag.Name, out var percent) is true ? percent : flag.IsOnByDefault ? 100 : 0))]));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return Problems.Unavailable($"The services go by the flags they read last, for the file cannot be read: {failure.Message}", slug: "flags-unreadable");
        }
    }

    private static async Task<Results<Ok<FlagView>, ValidationProblem, ProblemHttpResult>> SetAsync(
        string name, FlagChange change, FlagFile? file, ILogger log, HttpContext context, CurrentUser user, CancellationToken cancellationToken)
    {
        if (Flag.All.FirstOrDefault(flag => flag.Name == name) is not { } known)
            return Problems.NotFound($"There is no flag {name}.");
        if (change.Percent is not (>= 0 and <= 100))
            return Problems.Invalid("percent", "must be between 0 and 100");
        if (file is null or { IsMounted: true })
            return Problems.Conflict("flags-read-only", ChangedElsewhere);

        try
        {
            await file.SetAsync(name, change.Percent.Value, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return Problems.Conflict("flags-read-only", $"The file of flags cannot be changed from here: {failure.Message}");
        }

        context.NoteForAudit($"{change.Percent} %");
        log.LogInformation("{User} set the flag {Flag} to {Percent} %", user.Username, name, change.Percent);
        return TypedResults.Ok(FlagView.Of(known, change.Percent.Value));
    }
}
