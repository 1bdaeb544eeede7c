using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ShopFlow.ServiceDefaults.Errors;

/// <summary>
/// Names the field that made ASP.NET Core refuse a request. It has no API for that, so the names are read from its messages,
/// and a message of another form loses the name and not the answer.
/// </summary>
internal static partial class BadRequestProblems
{
    public static ProblemDetails UnstorableText => Validation([], "The request has characters that cannot be stored, such as U+0000.");

    public static ProblemDetails Of(BadHttpRequestException exception)
    {
        if (exception.StatusCode != StatusCodes.Status400BadRequest)
            return StandardProblems.For(exception.StatusCode);

        if (exception.InnerException is JsonException json)
            return OfJson(json);

        if (exception.Message.Contains("body", StringComparison.Ordinal))
            return Validation([], "The request needs a body in JSON.");

        if (Parameter().Match(exception.Message) is { Success: true } match)
        {
            var message = exception.Message.Contains("was not provided", StringComparison.Ordinal) ? "is required" : "has the wrong form";
            return Validation(new() { [JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value)] = [message] });
        }

        return StandardProblems.For(StatusCodes.Status400BadRequest);
    }

    private static ProblemDetails OfJson(JsonException exception)
    {
        var path = FieldOf(exception.Path);

        if (exception.Message.Contains("missing required properties", StringComparison.Ordinal))
            return Missing(path, exception.Message);

        if (IsSyntaxError(exception))
            return Validation([], $"The body is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");

        return path.Length == 0
            ? Validation([], "The body has the wrong form.")
            : Validation(new() { [path] = ["has the wrong type or value"] });
    }

    private static ProblemDetails Missing(string path, string message)
    {
        var names = QuotedName().Matches(message[message.IndexOf("including:", StringComparison.Ordinal)..]);
        var prefix = path.Length == 0 ? "" : path + ".";

        return Validation(names.ToDictionary(name => prefix + name.Groups["name"].Value, _ => new[] { "is required" }));
    }

    private static bool IsSyntaxError(JsonException exception)
        => exception.GetType() != typeof(JsonException) || exception.InnerException is JsonException or System.Text.DecoderFallbackException;

    /// <summary>"$.items[0].quantity" becomes "items[0].quantity".</summary>
    private static string FieldOf(string? path) => path is null ? "" : path.TrimStart('$').TrimStart('.');

    private static HttpValidationProblemDetails Validation(Dictionary<string, string[]> errors, string detail = "Some fields are not valid.")
        => new(errors)
        {
            Status = StatusCodes.Status400BadRequest,
            Type = Problems.TypePrefix + "invalid-request",
            Title = "Invalid request",
            Detail = detail,
        };

    [GeneratedRegex("""parameter "(?:\S+ )*(?<name>\w+)" """)]
    private static partial Regex Parameter();

    [GeneratedRegex("'(?<name>[^']+)'")]
    private static partial Regex QuotedName();
}
