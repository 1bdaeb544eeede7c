using System.Data.Common;
using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace ShopFlow.ServiceDefaults.Errors;

/// <summary>
/// Answers exceptions that nothing caught. What the caller did wrong is named; what went wrong here is logged with its trace id and not told.
/// </summary>
internal sealed class ExceptionProblems(IProblemDetailsService problems, ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private const string CharacterNotInRepertoire = "22021";
    private const string UntranslatableCharacter = "22P05";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
            return false;

        var problem = ProblemOf(exception);
        Log(httpContext, exception, problem);

        httpContext.Response.StatusCode = problem.Status ?? StatusCodes.Status500InternalServerError;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
    }

    private static ProblemDetails ProblemOf(Exception exception)
    {
        if (exception is BadHttpRequestException bad)
            return BadRequestProblems.Of(bad);

        for (var cause = exception; cause is not null; cause = cause.InnerException)
            if (ProblemOfCause(cause) is { } problem)
                return problem;

        return StandardProblems.For(StatusCodes.Status500InternalServerError);
    }

    private static ProblemDetails? ProblemOfCause(Exception cause) => cause switch
    {
        DbException { SqlState: CharacterNotInRepertoire or UntranslatableCharacter } => BadRequestProblems.UnstorableText,
        DbException { IsTransient: true } or BrokenCircuitException => Unavailable(),
        TimeoutRejectedException => StandardProblems.For(StatusCodes.Status504GatewayTimeout),
        HttpRequestException => StandardProblems.For(StatusCodes.Status502BadGateway),
        _ => null,
    };

    private static ProblemDetails Unavailable()
    {
        var problem = StandardProblems.For(StatusCodes.Status503ServiceUnavailable);
        problem.Extensions[Problems.RetryAfterMember] = 1L;
        return problem;
    }

    private void Log(HttpContext context, Exception exception, ProblemDetails problem)
    {
        if (problem.Status < StatusCodes.Status500InternalServerError)
            return;

        // The path is the caller's text; the method is a token that the server has checked.
        logger.LogError(exception, "{Method} {Path} failed with {Status}, trace {TraceId}",
            context.Request.Method, context.Request.Path.Value?.ReplaceLineEndings(" "), problem.Status, Activity.Current?.TraceId.ToHexString());
    }
}
