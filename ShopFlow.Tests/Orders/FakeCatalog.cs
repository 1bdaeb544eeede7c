using System.Net;
using System.Net.Http.Json;
using ShopFlow.Orders.Pricing;

namespace ShopFlow.Tests.Orders;

/// <summary>Answers as catalog does, for four products, or doesn't.</summary>
internal sealed class FakeCatalog : HttpMessageHandler
{
    public const string KettleId = "0198c0de-0000-7000-8000-00000000000a";

    private static readonly VariantPrice[] Variants =
    [
        new("KETTLE-1L", KettleId, "Kettle, 1 l", 1999, "USD", WeightGrams: 1200),
        new("KETTLE-2L", KettleId, "Kettle, 2 l", 2999, "USD", WeightGrams: 1500),
        new("MUG", "0198c0de-0000-7000-8000-00000000000b", "Mug", 550, "USD", WeightGrams: 300),
        new("MUG", "0198c0de-0000-7000-8000-00000000000b", "Mug", 800, "JPY", WeightGrams: 300),
        new("MUG", "0198c0de-0000-7000-8000-00000000000b", "Mug", 499, "EUR", WeightGrams: 300),
        new("BOOK", "0198c0de-0000-7000-8000-00000000000c", "Book of tea", 1290, "EUR", "reduced", 450),
    ];

    public bool Down { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Down)
        {
            return new(HttpStatusCode.ServiceUnavailable);
        }

        var question = (await request.Content!.ReadFromJsonAsync<PriceQuestion>(cancellationToken))!;
        var inCurrency = Variants.Where(variant => variant.Currency == question.Currency).ToList();
        var bySku = inCurrency.Where(variant => question.Skus?.Contains(variant.Sku) is true);
        var byProduct = (question.ProductIds ?? []).SelectMany(id => inCurrency.Where(variant => variant.ProductId == id).Take(1));
        return new(HttpStatusCode.OK) { Content = JsonContent.Create(new PriceAnswer([.. bySku.Union(byProduct)])) };
    }
}
