using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace ShopFlow.ServiceDefaults.Errors;

/// <summary>
/// Writes every problem in the one form: with a type of ours, the trace id, and Retry-After where it has one. It ignores Accept,
/// because an error in JSON is better than an error without a body.
/// </summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var response = context.HttpContext.Response;

        Complete(problem, response.StatusCode);
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.HttpContext.TraceIdentifier;

        response.Headers.CacheControl = "no-store";
        if (problem.Extensions.Remove(Problems.RetryAfterMember, out var seconds))
            response.Headers.RetryAfter = Convert.ToString(seconds, CultureInfo.InvariantCulture);

        await response.WriteAsJsonAsync(problem, problem.GetType(), json.Value.SerializerOptions, "application/problem+json", context.HttpContext.RequestAborted);
    }

    /// <summary>Problems that ASP.NET Core made itself carry no more than a status.</summary>
    private static void Complete(ProblemDetails problem, int responseStatus)
    {
        problem.Status ??= responseStatus;
        if (problem.Type?.StartsWith(Problems.TypePrefix, StringComparison.Ordinal) == true)
            return;

        var standard = StandardProblems.For(problem.Status.Value);
        problem.Type = standard.Type;
        problem.Title = standard.Title;
        problem.Detail ??= standard.Detail;
    }
}
