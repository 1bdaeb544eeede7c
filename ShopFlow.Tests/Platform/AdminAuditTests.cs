using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ShopFlow.Flags;

namespace ShopFlow.Tests.Platform;

/// <summary>What an administrator does through the gateway, in services with a database and without, and what the log says of it.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class AdminAuditTests(RunningPlatform platform)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_change_is_in_the_log_with_who_did_it_to_what()
    {
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var user = await shopper.IdAsync(Cancelled);
        var (order, _) = await shopper.PlaceChallengedOrderAsync(Cancelled);

        await AssertRecordedAsync(HttpMethod.Put, $"/admin/flags/{Flag.SearchSlow}", new { percent = 0 }, Flag.SearchSlow, "gateway SetFlag 0 %");
        await AssertRecordedAsync(HttpMethod.Post, $"/orders/{order}/cancel", null, order, "orders CancelOrder ");
        await AssertRecordedAsync(HttpMethod.Post, $"/admin/users/{user}/lock", new { reason = "a test" }, user, "auth LockUser a test");
        await AssertRecordedAsync(
            HttpMethod.Post, "/notifications/send", new { userId = user, type = "Message", message = "You are locked.", channel = "InApp" }, user,
            "notifications SendNotification ");
        await AssertRecordedAsync(HttpMethod.Post, "/admin/dead-letters/cart/replay", null, null, "cart ReplayDeadLetters ");
    }

    [Fact]
    public async Task What_was_refused_is_not_in_it()
    {
        var nobody = Guid.NewGuid();
        var correlation = $"refused-{nobody:N}";
        using var refused = await SendAsync(HttpMethod.Post, $"/admin/users/{nobody}/lock", new { reason = "a test" }, correlation);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);

        // What came after it is there.
        await AssertRecordedAsync(HttpMethod.Put, $"/admin/flags/{Flag.SearchSlow}", new { percent = 0 }, Flag.SearchSlow, "gateway SetFlag 0 %");
        Assert.Equal(0, (await ListAsync($"object={nobody}")).GetProperty("total").GetInt32());
    }

    private async Task AssertRecordedAsync(HttpMethod method, string path, object? body, string? thing, string what)
    {
        var correlation = $"audit-{Guid.NewGuid():N}";
        using var answer = await SendAsync(method, path, body, correlation);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode}");

        var action = default(JsonElement);
        await Eventually.TrueAsync(
            async () =>
            {
                var page = await ListAsync($"actor=admin{(thing is null ? "" : $"&object={thing}")}");
                action = page.GetProperty("actions").EnumerateArray().FirstOrDefault(one => one.GetProperty("correlationId").GetString() == correlation);
                return action.ValueKind is JsonValueKind.Object;
            },
            s_limit,
            () => $"{method} {path} is not in the log");

        Assert.Equal(what, $"{action.GetProperty("service")} {action.GetProperty("operation")} {action.GetProperty("detail")}");
        Assert.Equal(("Done", (int)answer.StatusCode), (action.GetProperty("outcome").GetString(), action.GetProperty("status").GetInt32()));
    }

    private async Task<JsonElement> ListAsync(string query) => await (await platform.AdminAsync(Cancelled)).GetAsync($"/admin/audit?{query}", Cancelled);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string correlation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await platform.AdminAsync(Cancelled)).Token);
        request.Headers.Add("X-Correlation-Id", correlation);
        return await platform.Gateway.SendAsync(request, Cancelled);
    }
}
