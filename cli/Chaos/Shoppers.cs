using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ShopFlow.Cli.Platform;

namespace ShopFlow.Cli.Chaos;

/// <summary>
/// Place orders at a steady rate, and try again with the same Idempotency-Key until the shop says what it did: half of them guests with a
/// cart, half customers.
/// </summary>
internal sealed class Shoppers : IDisposable
{
    private const string Customer = "chaos-customer";

    private static readonly TimeSpan s_tryLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    // Mostly cards that work; the others decline, or leave the shop without an answer. See services/PaymentSandbox/README.md.
    private static readonly string[] s_cards =
        [.. Enumerable.Repeat("tok_visa", 16), "tok_declined", "tok_insufficient_funds", "tok_timeout_before", "tok_timeout_after"];

    private readonly ConcurrentQueue<ChaosOrder> _orders = [];
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly ChaosPlan _plan;
    private readonly HttpClient _gateway;
    private readonly IReadOnlyList<string> _skus;
    private readonly string _token;

    private Shoppers(ChaosPlan plan, HttpClient gateway, IReadOnlyList<string> skus, string token) =>
        (_plan, _gateway, _skus, _token) = (plan, gateway, skus, token);

    public IReadOnlyCollection<ChaosOrder> Orders => _orders;

    /// <summary>What the e-mail addresses of this run begin with.</summary>
    public string EmailPrefix => $"chaos-{_run}-";

    public static async Task<Shoppers> ConnectAsync(Checkout checkout, ChaosPlan plan, IReadOnlyList<string> skus, CancellationToken cancellationToken)
    {
        using var gateway = RunningGateway.Connect(checkout);
        var token = await AccessTokens.SignInAsync(gateway, checkout, Customer, password: null, cancellationToken);
        // Each guest has a cart: a cookie would give them one together.
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = gateway.BaseAddress, Timeout = s_tryLimit };
        return new(plan, http, skus, token);
    }

    /// <summary>Places orders until it is told that it is enough, and as many as the plan asks for.</summary>
    /// <returns>When the last shopper has an answer, or has given up.</returns>
    public async Task RunAsync(CancellationToken enough, CancellationToken cancellationToken)
    {
        var random = new Random(_plan.Seed);
        var shoppers = new List<Task>();
        using var arrivals = new PeriodicTimer(TimeSpan.FromSeconds(1 / _plan.Rate));
        while (!enough.IsCancellationRequested || _orders.Count < _plan.Orders)
        {
            await arrivals.WaitForNextTickAsync(cancellationToken);
            var order = new ChaosOrder($"{EmailPrefix}{_orders.Count}@shopflow.example", DateTimeOffset.UtcNow);
            _orders.Enqueue(order);
            shoppers.Add(BuyAsync(order, _skus[random.Next(_skus.Count)], s_cards[random.Next(s_cards.Length)], asGuest: random.Next(2) == 0, cancellationToken));
        }

        await Task.WhenAll(shoppers);
    }

    public void Dispose() => _gateway.Dispose();

    private async Task BuyAsync(ChaosOrder order, string sku, string card, bool asGuest, CancellationToken cancellationToken)
    {
        var pause = s_firstPause;
        while (true)
        {
            var refusal = await TryAsync(order, sku, card, asGuest, cancellationToken);
            if (refusal is null)
                return;
            if (DateTimeOffset.UtcNow - order.Due > s_patience)
            {
                order.Refusal = refusal;
                return;
            }

            order.Retries++;
            await Task.Delay(pause, cancellationToken);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    /// <returns>Null when the shop has acknowledged the order, else why not.</returns>
    private async Task<string?> TryAsync(ChaosOrder order, string sku, string card, bool asGuest, CancellationToken cancellationToken)
    {
        try
        {
            var items = $$"""[{"sku":"{{sku}}","quantity":1}]""";
            if (!asGuest)
                return await PlaceAsync(order, $$"""{"items":{{items}},"email":"{{order.Email}}","paymentMethod":"{{card}}"}""", null, cancellationToken);

            // A cart that was lost with the cache is filled anew: the order is the same.
            using var filled = await SendAsync("cart/items", $$"""{"sku":"{{sku}}","quantity":1}""", cancellationToken);
            if (!filled.IsSuccessStatusCode)
                return $"cart {(int)filled.StatusCode}";

            var cart = filled.Headers.GetValues("Cart-Id").Single();
            return await PlaceAsync(order, $$"""{"email":"{{order.Email}}","paymentMethod":"{{card}}"}""", cart, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError.ToString();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {s_tryLimit.TotalSeconds:0} s";
        }
    }

    private async Task<string?> PlaceAsync(ChaosOrder order, string json, string? cart, CancellationToken cancellationToken)
    {
        using var request = Post("orders", json);
        request.Headers.Add("Idempotency-Key", order.IdempotencyKey);
        if (cart is null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        else
            request.Headers.Add("Cart-Id", cart);

        using var answer = await _gateway.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Created)
            return $"order {(int)answer.StatusCode}";

        using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        order.Acknowledge(body.RootElement.GetProperty("id").GetGuid(), DateTimeOffset.UtcNow);
        return null;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string json, CancellationToken cancellationToken)
    {
        using var request = Post(path, json);
        return await _gateway.SendAsync(request, cancellationToken);
    }

    private static HttpRequestMessage Post(string path, string json) =>
        new(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
}
