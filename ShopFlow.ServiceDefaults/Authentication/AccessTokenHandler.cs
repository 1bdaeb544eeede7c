using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ShopFlow.ServiceDefaults.Authentication;

internal sealed class AccessTokenHandler(
    IOptionsMonitor<AccessTokenOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccessTokenValidator validator, IProblemDetailsService problems)
    : AuthenticationHandler<AccessTokenOptions>(options, loggers, encoder)
{
    private const string Prefix = AccessTokenDefaults.Scheme + " ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();

        try
        {
            var principal = await validator.ValidateAsync(header[Prefix.Length..].Trim(), Context.RequestAborted);
            return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
        }
        catch (Exception exception) when (exception is InvalidTokenException or KeysUnavailableException)
        {
            return AuthenticateResult.Fail(exception);
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;

        var problem = failure switch
        {
            KeysUnavailableException => Problems.Details(StatusCodes.Status503ServiceUnavailable, "unavailable", "Tokens cannot be checked at the moment.", TimeSpan.FromSeconds(1)),
            InvalidTokenException => Problems.Details(StatusCodes.Status401Unauthorized, "unauthenticated", failure.Message),
            _ => Problems.Details(StatusCodes.Status401Unauthorized, "unauthenticated", "An access token is needed."),
        };

        if (problem.Status == StatusCodes.Status401Unauthorized)
            Response.Headers.WWWAuthenticate = failure is null ? AccessTokenDefaults.Scheme : Prefix + "error=\"invalid_token\"";

        Response.StatusCode = problem.Status!.Value;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = Context, ProblemDetails = problem });
    }
}
