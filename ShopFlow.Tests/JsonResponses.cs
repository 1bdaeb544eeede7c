using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ShopFlow.Tests;

internal static class JsonResponses
{
    public static Task<JsonElement> JsonAsync(this HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>The problem's slug, after a check of the status and of the media type.</summary>
    public static async Task<string> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (await response.JsonAsync()).GetProperty("type").GetString()!.Split('/')[^1];
    }

    /// <summary>The fields that a 400 names.</summary>
    public static async Task<IReadOnlyList<string>> WrongFieldsAsync(this HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return [.. (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Order()];
    }
}
