using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aspire.Hosting.Testing;
using ShopFlow.Cli.OpenApi;
using ShopFlow.Tests.OpenApi;

namespace ShopFlow.Tests.Platform;

/// <summary>Each operation, asked by everybody: through the gateway, and past it at the service itself.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class AuthorisationTests(RunningPlatform platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Doors =>
        ["gateway", .. ShopFlow.Gateway.Routing.Services.All];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Everybody_gets_where_they_may_and_nowhere_else(string door)
    {
        using var http = platform.App.CreateHttpClient(door, "http");
        var document = await http.GetStringAsync(door == "gateway" ? "/openapi.json" : "/openapi/v1.json", Cancelled);
        var operations = new ApiDocument(JsonNode.Parse(document)!.AsObject()).Operations();
        var customer = (await Shopper.RegisterAsync(platform.Gateway, Cancelled)).Token;
        var admin = (await platform.AdminAsync(Cancelled)).Token;

        var complaints = new List<string>();
        foreach (var (operation, described) in operations)
        {
            var type = ApiDocument.ContentOf(described["requestBody"]?.AsObject()).Keys.FirstOrDefault("application/json");
            var answers = (
                Anonymous: await AskAsync(http, operation, null, type),
                Customer: await AskAsync(http, operation, customer, type),
                Admin: await AskAsync(http, operation, admin, type),
                Forged: await AskAsync(http, operation, customer[..^8] + "AAAAAAAA", type));
            if (!IsRight(operation, answers))
                complaints.Add($"{operation}: {answers}");
        }

        Assert.NotEmpty(operations);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task What_is_somebody_elses_is_not_there()
    {
        var (owner, other) = (await Shopper.RegisterAsync(platform.Gateway, Cancelled), await Shopper.RegisterAsync(platform.Gateway, Cancelled));
        var (order, _) = await owner.PlaceChallengedOrderAsync(Cancelled);
        var session = (await owner.GetAsync("/auth/sessions", Cancelled)).GetProperty("sessions")[0].GetProperty("id").GetString();

        foreach (var operation in (string[])
        [
            $"GET /orders/{order}", $"GET /orders/{order}/events", $"POST /orders/{order}/cancel", $"GET /payments/{order}", $"DELETE /auth/sessions/{session}",
        ])
        {
            Assert.Equal((operation, HttpStatusCode.NotFound), (operation, await AskAsync(platform.Gateway, operation, other.Token)));
            Assert.Equal((operation, HttpStatusCode.Unauthorized), (operation, await AskAsync(platform.Gateway, operation, null)));
        }

        using var withoutKey = new HttpRequestMessage(HttpMethod.Get, $"/orders/{order}") { Headers = { { "Order-Key", "not-the-key" } } };
        using var refused = await platform.Gateway.SendAsync(withoutKey, Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(platform.Gateway, $"POST /orders/{order}/cancel", owner.Token));
    }

    private static bool IsRight(
        string operation, (HttpStatusCode Anonymous, HttpStatusCode Customer, HttpStatusCode Admin, HttpStatusCode Forged) answers)
    {
        operation = OfAnyService(operation);
        // The id that is asked for is nobody's.
        if (AuthorisationMatrix.Administrators.Contains(operation) || AuthorisationMatrix.Owners.Contains(operation))
            return answers is { Anonymous: HttpStatusCode.Unauthorized, Customer: HttpStatusCode.Forbidden, Forged: HttpStatusCode.Unauthorized } && IsIn(answers.Admin);
        if (AuthorisationMatrix.SignedIn.Contains(operation) || AuthorisationMatrix.KeyHolders.Contains(operation))
            return answers is { Anonymous: HttpStatusCode.Unauthorized, Forged: HttpStatusCode.Unauthorized } && IsIn(answers.Customer) && IsIn(answers.Admin);
        if (AuthorisationMatrix.Provider.Contains(operation))
            return answers is { Anonymous: HttpStatusCode.Unauthorized, Customer: HttpStatusCode.Unauthorized, Admin: HttpStatusCode.Unauthorized };
        return AuthorisationMatrix.Anybody.Contains(operation) && IsIn(answers.Anonymous) && IsIn(answers.Customer) && IsIn(answers.Admin);
    }

    private static bool IsIn(HttpStatusCode answer) => answer is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (int)answer < 500;

    // Every service has its own dead letters.
    private static string OfAnyService(string operation)
    {
        const string DeadLetters = "/admin/dead-letters/";
        var start = operation.IndexOf(DeadLetters, StringComparison.Ordinal);
        if (start < 0)
            return operation;
        var name = start + DeadLetters.Length;
        var rest = operation.IndexOf('/', name);
        return $"{operation[..name]}{{service}}{(rest < 0 ? "" : operation[rest..])}";
    }

    // With an id that nothing has and a body that says nothing, so that whoever gets in does no harm.
    private static async Task<HttpStatusCode> AskAsync(HttpClient http, string operation, string? token, string type = "application/json")
    {
        var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        while (path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var start)
            path = $"{path[..start]}{Guid.Empty}{path[(path.IndexOf('}', StringComparison.Ordinal) + 1)..]}";

        using var request = new HttpRequestMessage(new(method), path);
        if (method is not "GET")
            request.Content = new StringContent("{}", Encoding.UTF8, type);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        return response.StatusCode;
    }
}
