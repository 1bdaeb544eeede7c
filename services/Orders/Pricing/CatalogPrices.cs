namespace ShopFlow.Orders.Pricing;

/// <summary>Asks catalog for today's prices. Prices never come from the client.</summary>
internal sealed class CatalogPrices(HttpClient http)
{
    /// <exception cref="HttpRequestException">Catalog doesn't answer, or not with prices.</exception>
    public async Task<IReadOnlyList<VariantPrice>> GetAsync(PriceQuestion question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/internal/prices")
        {
            Content = JsonContent.Create(question, OrdersJsonContext.Default.PriceQuestion),
        };
        // It only asks, so it may be repeated.
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());

        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync(OrdersJsonContext.Default.PriceAnswer, cancellationToken);
        return answer?.Prices ?? throw new HttpRequestException("Catalog answered without prices.");
    }
}
