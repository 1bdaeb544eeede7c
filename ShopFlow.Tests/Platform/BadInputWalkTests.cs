using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ShopFlow.Cli.Audit;
using ShopFlow.Cli.Platform;
using ShopFlow.Tests.OpenApi;

namespace ShopFlow.Tests.Platform;

/// <summary>Walks the OpenAPI document and sends every kind of bad input to every operation, as the administrator, who may do everything.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class BadInputWalkTests(RunningPlatform platform, ITestOutputHelper output)
{
    // What changes by itself, and what attempts to sign in leave on purpose.
    private static readonly string[] s_volatile = ["outbox_messages", "inbox_messages", "sign_in_failures", "__EFMigrationsHistory"];

    // To take out what is not in the cart is no mistake.
    private const string TakeOut = "DELETE /cart/items/{sku}";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bad_input_is_refused_with_the_name_of_the_field_and_stores_nothing()
    {
        var document = JsonNode.Parse(await platform.Gateway.GetStringAsync("/openapi.json", Cancelled))!.AsObject();
        var requests = new BadRequests(document).All().Where(request => request.Operation != TakeOut).ToList();
        var token = (await platform.AdminAsync(Cancelled)).Token;
        var checkout = new ShopFlow.Cli.Checkout(Checkout.Root) { OwnData = platform.DataDirectory };
        await using var databases = new ShopDatabases(RunConnections.Read(checkout));
        await using (var audit = await ShopAudit.ConnectAsync(checkout, Cancelled))
        {
            var unsettled = await audit.SettleAsync(TimeSpan.FromMinutes(3), _ => { }, Cancelled);
            Assert.True(unsettled.IsNothing, $"The shop has not come to rest: {unsettled}");
        }

        var before = await RowsAsync(databases);

        var complaints = new List<string>();
        foreach (var request in requests)
        {
            if (await ComplaintAsync(request, token) is { } complaint)
                complaints.Add($"{request} -> {complaint}");
        }

        output.WriteLine($"{requests.Count} requests to {requests.Select(request => request.Operation).Distinct().Count()} operations");
        Assert.True(complaints.Count == 0, $"{complaints.Count} of {requests.Count}:\n{string.Join('\n', complaints)}");
        Assert.Equal(before, await RowsAsync(databases));
    }

    private async Task<string?> ComplaintAsync(BadRequest bad, string token)
    {
        using var request = new HttpRequestMessage(bad.Method, bad.Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        if (bad.Body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(bad.Body)) { Headers = { ContentType = new MediaTypeHeaderValue(bad.ContentType) } };

        using var response = await platform.Gateway.SendAsync(request, Cancelled);
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        if ((int)response.StatusCode is < 400 or >= 500)
            return $"{(int)response.StatusCode} {text}";
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return $"{(int)response.StatusCode} is no problem details: {text}";
        return bad.Field is { } field && response.StatusCode is HttpStatusCode.BadRequest && !Names(text, field)
            ? $"does not name {field}: {text}"
            : null;
    }

    private static bool Names(string problem, string field)
    {
        using var document = JsonDocument.Parse(problem);
        return document.RootElement.TryGetProperty("errors", out var errors)
            && errors.EnumerateObject().Any(error => string.Equals(error.Name, field, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<IReadOnlyDictionary<string, long>> RowsAsync(ShopDatabases databases)
    {
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var database in databases.Names)
        {
            var tables = await databases.QueryAsync(
                database, "select table_name::text from information_schema.tables where table_schema = 'public'", row => row.GetString(0), Cancelled);
            foreach (var table in tables.Except(s_volatile))
                rows[$"{database}.{table}"] = (await databases.QueryAsync(database, $"select count(*) from \"{table}\"", row => row.GetInt64(0), Cancelled)).Single();
        }

        return rows;
    }
}
