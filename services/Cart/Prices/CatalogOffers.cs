namespace ShopFlow.Cart.Prices;

/// <summary>Asks catalog what variants cost.</summary>
internal sealed class CatalogOffers(HttpClient http)
{
    /// <summary>What is for sale of what is asked for; the rest is left out.</summary>
    /// <exception cref="HttpRequestException">Catalog doesn't answer, or not with prices.</exception>
    public async Task<IReadOnlyList<Offer>> FindAsync(OfferQuestion question, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync("/internal/prices", question, CartJson.Default.OfferQuestion, cancellationToken);
        response.EnsureSuccessStatusCode();

        var answer = await response.Content.ReadFromJsonAsync(CartJson.Default.OfferAnswer, cancellationToken);
        return answer?.Prices ?? throw new HttpRequestException("Catalog answered without prices.");
    }
}
