using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Web;
using ShopFlow.Search;
using ShopFlow.Search.Following;
using ShopFlow.Search.Index;

namespace ShopFlow.Tests.Search;

/// <summary>Stands for the catalogue: tells the products that it was given, unless it is down.</summary>
internal sealed class FakeCatalogue : HttpMessageHandler
{
    private readonly ConcurrentDictionary<Guid, CatalogProduct> _products = new(SeedCatalogue.Products.ToDictionary(product => product.Id));
    private int _questions;

    public bool Down { get; set; }

    /// <summary>Products on a page.</summary>
    public int PageSize { get; set; } = 20;

    /// <summary>How often some products were asked for.</summary>
    public int Questions => _questions;

    /// <summary>Waited for before a page is told.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public void Put(CatalogProduct product) => _products[product.Id] = product;

    public void Forget(Guid id) => _products.TryRemove(id, out _);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Down)
            throw new HttpRequestException("the catalogue is down");

        var page = request.Method == HttpMethod.Post ? await SomeAsync(request, cancellationToken) : await PageAsync(request, cancellationToken);
        return new(HttpStatusCode.OK) { Content = JsonContent.Create(page, SearchJson.Default.CatalogPage) };
    }

    private async Task<CatalogPage> SomeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var question = await request.Content!.ReadFromJsonAsync(SearchJson.Default.CatalogQuestion, cancellationToken);
        if (question!.Ids.Count > CatalogClient.MostProducts)
            throw new HttpRequestException("too many products", null, HttpStatusCode.BadRequest);

        Interlocked.Increment(ref _questions);
        return new([.. question.Ids.Where(_products.ContainsKey).Select(id => _products[id])], Next: null);
    }

    private async Task<CatalogPage> PageAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        var after = Guid.Parse(HttpUtility.ParseQueryString(request.RequestUri!.Query)["after"]!);
        var products = _products.Values.Where(product => product.Id > after).OrderBy(product => product.Id).Take(PageSize).ToList();
        return new(products, products.Count == PageSize ? products[^1].Id : null);
    }
}
