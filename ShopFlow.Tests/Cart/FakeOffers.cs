using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using ShopFlow.Cart;
using ShopFlow.Cart.Prices;

namespace ShopFlow.Tests.Cart;

/// <summary>Stands for catalog: sells what it was told to, unless it is down.</summary>
internal sealed class FakeOffers : HttpMessageHandler
{
    private readonly ConcurrentDictionary<(string Sku, string Currency), Offer> _offers = [];

    public bool Down { get; set; }

    public void Sell(string sku, long price, string currency = "USD", int available = 1000) =>
        _offers[(sku, currency)] = new(sku, $"product-of-{sku}", $"The {sku}", price, currency, available, $"/images/{sku}.svg");

    public void Withdraw(string sku, string currency = "USD") => _offers.TryRemove((sku, currency), out _);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Down)
            throw new HttpRequestException("catalog is down");

        var question = await request.Content!.ReadFromJsonAsync(CartJson.Default.OfferQuestion, cancellationToken);
        var found = _offers.Values.Where(offer => offer.Currency == question!.Currency
            && (question.Skus.Contains(offer.Sku) || question.ProductIds.Contains(offer.ProductId)));
        return new(HttpStatusCode.OK) { Content = JsonContent.Create(new OfferAnswer([.. found]), CartJson.Default.OfferAnswer) };
    }
}
