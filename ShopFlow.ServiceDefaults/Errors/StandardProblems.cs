using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ShopFlow.ServiceDefaults.Errors;

/// <summary>The problems that need no words of a service's own.</summary>
internal static class StandardProblems
{
    public static ProblemDetails For(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Problems.Details(status, "invalid-request", "The request is not valid."),
        StatusCodes.Status401Unauthorized => Problems.Details(status, "unauthenticated", "A valid access token is needed."),
        StatusCodes.Status403Forbidden => Problems.Details(status, "forbidden", "The caller may not do this."),
        StatusCodes.Status404NotFound => Problems.Details(status, "not-found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => Problems.Details(status, "method-not-allowed", "This address does not take this method."),
        StatusCodes.Status408RequestTimeout => Problems.Details(status, "request-timeout", "The request did not arrive in time."),
        StatusCodes.Status413PayloadTooLarge => Problems.Details(status, "too-large", "The request body is too large."),
        StatusCodes.Status415UnsupportedMediaType => Problems.Details(status, "unsupported-media-type", "The body has to be sent as application/json."),
        StatusCodes.Status429TooManyRequests => Problems.Details(status, "too-many-requests", "Too many requests; try again later."),
        StatusCodes.Status502BadGateway => Problems.Details(status, "bad-gateway", "A service behind this one gave no usable answer."),
        StatusCodes.Status503ServiceUnavailable => Problems.Details(status, "unavailable", "Something that this service needs does not answer."),
        StatusCodes.Status504GatewayTimeout => Problems.Details(status, "timeout", "The request took too long and was given up."),
        >= 500 => Problems.Details(status, "internal-error", "Something went wrong on our side."),
        _ => Problems.Details(status, "error", "The request was refused."),
    };
}
