using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShopFlow.Gateway.Routing;

namespace ShopFlow.Gateway.Health;

/// <summary>
/// Answers <c>GET /health/shop</c>: one word on the whole, for uptime monitors. Healthy, or Degraded while the shop sells but something is
/// away, or Unhealthy (503) while nobody can buy. It doesn't say what is away: anybody may ask.
/// </summary>
internal sealed class ShopHealth(IHttpClientFactory clients, TimeProvider time)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    // However many ask, the services are asked this often.
    private static readonly TimeSpan s_kept = TimeSpan.FromSeconds(5);

    private static readonly string[] s_neededToBuy = [Services.Auth, Services.Catalog, Services.Inventory, Services.Cart, Services.Orders, Services.Payments];

    private readonly SharedAnswer<HealthStatus> _status = new(s_kept, () => AskAsync(clients), time);

    public async Task<JsonHttpResult<ShopHealthView>> AnswerAsync(CancellationToken cancellationToken)
    {
        var status = await _status.GetAsync(cancellationToken);
        return TypedResults.Json(
            new ShopHealthView($"{status}"), statusCode: status is HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    /// <param name="away">Services that are not ready.</param>
    internal static HealthStatus StatusWithout(IReadOnlyCollection<string> away) =>
        away.Count == 0 ? HealthStatus.Healthy
        : away.Intersect(s_neededToBuy).Any() ? HealthStatus.Unhealthy
        : HealthStatus.Degraded;

    private static async Task<HealthStatus> AskAsync(IHttpClientFactory clients)
    {
        using var http = clients.CreateClient(nameof(ShopHealth));
        var ready = await Task.WhenAll(Services.All.Select(service => IsReadyAsync(http, service)));
        return StatusWithout([.. Services.All.Zip(ready).Where(service => !service.Second).Select(service => service.First)]);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, string service)
    {
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://{service}/health/ready"), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return answer.IsSuccessStatusCode;
        }
        // Refused, late, or not even tried while its circuit is open: the resilience handler's exceptions have no common type.
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return false;
        }
    }
}

/// <param name="Status">Healthy, Degraded or Unhealthy.</param>
internal sealed record ShopHealthView(string Status);
