using ShopFlow.Search.Index;

namespace ShopFlow.Search.Following;

/// <summary>Reads products from the catalogue.</summary>
internal sealed class CatalogClient(HttpClient http)
{
    /// <summary>As many as the catalogue tells at a time.</summary>
    public const int MostProducts = 500;

    /// <exception cref="HttpRequestException">The catalogue doesn't answer, or not with products.</exception>
    public async Task<IReadOnlyList<CatalogProduct>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync("/internal/feed", new CatalogQuestion(ids), SearchJson.Default.CatalogQuestion, cancellationToken);
        return (await ReadAsync(response, cancellationToken)).Products;
    }

    /// <summary>The products that follow after <paramref name="after"/>, in the order of their ids.</summary>
    /// <inheritdoc cref="ReadAsync(IReadOnlyList{Guid}, CancellationToken)"/>
    public async Task<CatalogPage> ReadPageAsync(Guid after, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync($"/internal/feed?after={after}&limit={MostProducts}", cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    private static async Task<CatalogPage> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync(SearchJson.Default.CatalogPage, cancellationToken)
            ?? throw new HttpRequestException("The catalogue answered without products.");
    }
}
