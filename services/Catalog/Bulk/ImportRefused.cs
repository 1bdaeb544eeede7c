using System.Diagnostics;
using System.Text.Json;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Bulk;

/// <summary>
/// Problem details whose <c>errors</c> has every bad row: <c>[{line, field, message}]</c>, sent as it is read, because a file of
/// many rows may be wrong in all of them.
/// </summary>
internal static class ImportRefused
{
    private const int FlushBytes = 32 * 1024;

    public static async Task WriteAsync(HttpContext context, int badRows, IAsyncEnumerable<RowError> errors)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status400BadRequest;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";

        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("type", $"{Problems.TypePrefix}import-refused");
        json.WriteString("title", "Import refused");
        json.WriteNumber("status", response.StatusCode);
        json.WriteString("detail", $"{badRows} {(badRows == 1 ? "line is" : "lines are")} wrong, so nothing was imported.");
        json.WriteString("traceId", Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier);

        json.WriteStartArray("errors");
        await foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteNumber("line", error.Line);
            json.WriteString("field", error.Field);
            json.WriteString("message", error.Message);
            json.WriteEndObject();

            if (json.BytesPending > FlushBytes)
                await FlushAsync();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await FlushAsync();

        async Task FlushAsync()
        {
            await json.FlushAsync(context.RequestAborted);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }
    }
}
