namespace ShopFlow.Recommendations.Catalogue;

/// <summary>Asks catalog about products and categories.</summary>
/// <exception cref="HttpRequestException">Catalog doesn't answer, or not with what was asked for.</exception>
internal sealed class CatalogueClient(HttpClient http)
{
    /// <summary>As many products as one question may name.</summary>
    public const int MostProducts = 200;

    /// <summary>Those that are in the catalogue and not archived; the rest is left out.</summary>
    /// <param name="ids">At most <see cref="MostProducts"/>.</param>
    /// <param name="currency">What prices are told in; null for the shop's own.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<CatalogueProduct>> FindAsync(
        IReadOnlyCollection<Guid> ids, string? currency, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/internal/products")
        {
            Content = JsonContent.Create(new ProductQuestion(ids, currency), RecommendationsJson.Default.ProductQuestion),
        };
        // It only asks, so it may be repeated.
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());

        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync(RecommendationsJson.Default.ProductAnswer, cancellationToken);
        return answer?.Products ?? throw new HttpRequestException("Catalog answered without products.");
    }

    public async Task<IReadOnlyList<Category>> CategoriesAsync(CancellationToken cancellationToken)
    {
        var answer = await http.GetFromJsonAsync("/categories", RecommendationsJson.Default.CategoryAnswer, cancellationToken);
        return answer?.Categories ?? throw new HttpRequestException("Catalog answered without categories.");
    }
}
