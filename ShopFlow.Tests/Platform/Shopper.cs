using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ShopFlow.Tests.Platform;

/// <summary>Someone who buys through the public API, and what they see of it.</summary>
internal sealed class Shopper(HttpClient gateway, string token)
{
    private static readonly TimeSpan OrderLimit = TimeSpan.FromSeconds(30);

    public string Token => token;

    public static async Task<Shopper> RegisterAsync(HttpClient gateway, CancellationToken cancellationToken)
    {
        var name = $"shopper-{Guid.CreateVersion7():N}";
        var registration = new { username = name, password = $"pass-{Guid.NewGuid():N}", email = $"{name}@example.com" };

        using var registered = await gateway.PostAsJsonAsync("/auth/register", registration, cancellationToken);
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);

        return await LogInAsync(gateway, registration.username, registration.password, cancellationToken);
    }

    public static async Task<Shopper> LogInAsync(HttpClient gateway, string username, string password, CancellationToken cancellationToken)
    {
        using var loggedIn = await gateway.PostAsJsonAsync("/auth/login", new { username, password }, cancellationToken);
        loggedIn.EnsureSuccessStatusCode();
        var session = await loggedIn.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return new Shopper(gateway, session.GetProperty("token").GetString()!);
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, null, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>The id that the shop knows this shopper by.</summary>
    public async Task<string> IdAsync(CancellationToken cancellationToken) => (await GetAsync("/auth/me", cancellationToken)).GetProperty("id").GetString()!;

    public Task<HttpResponseMessage> PostAsync(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body, null, cancellationToken);

    public Task<HttpResponseMessage> PutAsync(string path, object body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, path, body, null, cancellationToken);

    /// <summary>Null when the answer is none.</summary>
    public async Task<JsonElement?> TryGetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, null, cancellationToken);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken) : null;
    }

    public Task<HttpResponseMessage> PlaceOrderAsync(object order, string idempotencyKey, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "/orders", order, idempotencyKey, cancellationToken);

    /// <summary>Polls the order until its status is final, at most 30 seconds.</summary>
    public async Task<JsonElement> WaitForOrderAsync(string id, CancellationToken cancellationToken)
    {
        var order = default(JsonElement);
        await Eventually.TrueAsync(
            async () =>
            {
                order = await GetAsync($"/orders/{id}", cancellationToken);
                return order.GetProperty("status").GetString() != "Pending";
            },
            OrderLimit,
            () => $"order {id} is still {order}");
        return order;
    }

    /// <summary>Places an order that the bank wants to see the shopper about, and returns once the bank's page is known.</summary>
    public async Task<(string Id, string Url)> PlaceChallengedOrderAsync(CancellationToken cancellationToken)
    {
        var sku = await gateway.AnySkuAsync(cancellationToken);
        var order = new { items = new[] { new { sku, quantity = 1 } }, paymentMethod = "tok_challenge" };
        using var placed = await PlaceOrderAsync(order, Guid.NewGuid().ToString(), cancellationToken);
        Assert.Equal(HttpStatusCode.Created, placed.StatusCode);
        var id = (await placed.JsonAsync()).GetProperty("id").GetString()!;

        var seen = default(JsonElement);
        var url = default(JsonElement);
        await Eventually.TrueAsync(
            async () => (seen = await GetAsync($"/orders/{id}", cancellationToken)).TryGetProperty("paymentChallengeUrl", out url),
            OrderLimit,
            () => $"the order should be challenged: {seen}");
        Assert.Equal("Pending", seen.GetProperty("status").GetString());
        return (id, url.GetString()!);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body, string? idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await gateway.SendAsync(request, cancellationToken);
    }
}
