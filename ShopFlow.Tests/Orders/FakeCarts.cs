using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using ShopFlow.Orders.Pricing;
using GatheredCart = ShopFlow.Orders.Pricing.Cart;

namespace ShopFlow.Tests.Orders;

/// <summary>Answers as cart does, from memory, or doesn't.</summary>
internal sealed class FakeCarts : HttpMessageHandler
{
    public ConcurrentDictionary<string, GatheredCart> Known { get; } = [];

    public bool Down { get; set; }

    public void Fill(string key, string currency, params CartItem[] items) => Known[key] = new(key, 7, currency, items);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Down)
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));

        var key = Uri.UnescapeDataString(request.RequestUri!.Segments[^1]);
        var cart = Known.GetValueOrDefault(key) ?? new(key, 0, null, []);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(cart) });
    }
}
