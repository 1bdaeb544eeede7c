using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ShopFlow.ServiceDefaults;

/// <summary>
/// Errors as RFC 9457 problem details. A slug names the kind of error and ends up in <c>type</c> as
/// <c>https://shopflow.example/problems/{slug}</c>; it never changes once clients can see it. The trace id is added when it is written.
/// </summary>
public static class Problems
{
    public const string TypePrefix = "https://shopflow.example/problems/";

    /// <summary>The extension member that becomes the Retry-After header, in seconds.</summary>
    internal const string RetryAfterMember = "retryAfter";

    /// <summary>400: the request as a whole makes no sense. For single fields use <see cref="Invalid(string, string)"/>.</summary>
    public static ProblemHttpResult BadRequest(string slug, string detail) => Create(StatusCodes.Status400BadRequest, slug, detail);

    /// <summary>400 that names one wrong field by its path, such as <c>items[0].quantity</c>.</summary>
    public static ValidationProblem Invalid(string field, string message)
        => Invalid(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>400 that names every wrong field by its path.</summary>
    public static ValidationProblem Invalid(IDictionary<string, string[]> errors)
        => TypedResults.ValidationProblem(errors, detail: "Some fields are not valid.", title: "Invalid request", type: TypePrefix + "invalid-request");

    /// <summary>401: credentials are missing or wrong.</summary>
    public static ProblemHttpResult Unauthenticated(string slug, string detail) => Create(StatusCodes.Status401Unauthorized, slug, detail);

    /// <summary>403: the caller is known and may not do this.</summary>
    public static ProblemHttpResult Forbidden(string detail) => Create(StatusCodes.Status403Forbidden, "forbidden", detail);

    /// <summary>404: there is no such thing, or it is not the caller's.</summary>
    public static ProblemHttpResult NotFound(string detail) => Create(StatusCodes.Status404NotFound, "not-found", detail);

    /// <summary>409: the request contradicts the present state.</summary>
    public static ProblemHttpResult Conflict(string slug, string detail) => Create(StatusCodes.Status409Conflict, slug, detail);

    /// <summary>412: the version given in If-Match is not the present one.</summary>
    public static ProblemHttpResult PreconditionFailed(string detail) => Create(StatusCodes.Status412PreconditionFailed, "precondition-failed", detail);

    /// <summary>422: understood, and refused by a rule of the shop.</summary>
    public static ProblemHttpResult Unprocessable(string slug, string detail) => Create(StatusCodes.Status422UnprocessableEntity, slug, detail);

    /// <summary>429 with Retry-After, rounded up to whole seconds.</summary>
    public static ProblemHttpResult TooManyRequests(TimeSpan retryAfter, string detail, string slug = "too-many-requests")
        => Create(StatusCodes.Status429TooManyRequests, slug, detail, retryAfter);

    /// <summary>503 with Retry-After: something that this service needs does not answer.</summary>
    public static ProblemHttpResult Unavailable(string detail, TimeSpan? retryAfter = null, string slug = "unavailable")
        => Create(StatusCodes.Status503ServiceUnavailable, slug, detail, retryAfter ?? TimeSpan.FromSeconds(1));

    /// <summary>Any other status.</summary>
    public static ProblemHttpResult Create(int status, string slug, string detail, TimeSpan? retryAfter = null)
        => TypedResults.Problem(Details(status, slug, detail, retryAfter));

    internal static ProblemDetails Details(int status, string slug, string detail, TimeSpan? retryAfter = null)
    {
        var problem = new ProblemDetails
        {
            Status = status,
            Type = TypePrefix + slug,
            Title = TitleOf(slug),
            Detail = detail,
        };

        if (retryAfter is { } wait)
            problem.Extensions[RetryAfterMember] = (long)Math.Ceiling(wait.TotalSeconds);

        return problem;
    }

    /// <summary>"out-of-stock" becomes "Out of stock".</summary>
    private static string TitleOf(string slug)
        => string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(slug[0])}{slug[1..].Replace('-', ' ')}");
}
