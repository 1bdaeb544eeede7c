using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using ShopFlow.Recommendations;
using ShopFlow.Recommendations.Catalogue;

namespace ShopFlow.Tests.Recommendations;

/// <summary>Stands for catalog: knows the products that it was told to sell, in a few categories, unless it is down.</summary>
internal sealed class FakeCatalogue : HttpMessageHandler
{
    private static readonly CategoryAnswer Categories = new(
        [new("kitchen", [new("kettles", []), new("cups", [])]), new("lights", [new("lamps", []), new("candles", [])])]);

    private readonly ConcurrentDictionary<Guid, CatalogueProduct> _products = [];
    private int _questions;

    public bool IsDown { get; set; }

    /// <summary>How often it was asked about products.</summary>
    public int Questions => _questions;

    /// <summary>What an answer about products waits for.</summary>
    public Task Busy { get; set; } = Task.CompletedTask;

    /// <param name="id">The product; its only SKU is <see cref="SkuOf"/>.</param>
    /// <param name="category">One of those above.</param>
    /// <param name="available">What the catalogue thinks there is.</param>
    public void Sell(Guid id, string category, int available) =>
        _products[id] = new(id, $"The {category} {id:N}", category, 9.5m, "USD", $"/images/{id}.svg", [new(SkuOf(id), "Standard", 9.5m, available)]);

    public void Archive(Guid id) => _products.TryRemove(id, out _);

    public static string SkuOf(Guid id) => $"SKU-{id:N}";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDown)
            throw new HttpRequestException("catalog is down");

        if (request.RequestUri!.AbsolutePath == "/categories")
            return Answer(JsonContent.Create(Categories, RecommendationsJson.Default.CategoryAnswer));

        Interlocked.Increment(ref _questions);
        await Busy.WaitAsync(cancellationToken);
        var question = await request.Content!.ReadFromJsonAsync(RecommendationsJson.Default.ProductQuestion, cancellationToken);
        var found = question!.ProductIds.Where(_products.ContainsKey).Select(id => _products[id] with { Currency = question.Currency ?? "USD" });
        return Answer(JsonContent.Create(new ProductAnswer([.. found]), RecommendationsJson.Default.ProductAnswer));
    }

    private static HttpResponseMessage Answer(HttpContent content) => new(HttpStatusCode.OK) { Content = content };
}
