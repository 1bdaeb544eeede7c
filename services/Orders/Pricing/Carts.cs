using System.Net;

namespace ShopFlow.Orders.Pricing;

/// <summary>Asks the cart service what a shopper has gathered.</summary>
internal sealed class Carts(HttpClient http)
{
    /// <param name="key"><c>user:{userId}</c> or <c>guest:{cartId}</c>; an unknown cart is an empty one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="HttpRequestException">Cart doesn't answer, or not with a cart.</exception>
    public async Task<Cart> GetAsync(string key, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync($"/internal/carts/{Uri.EscapeDataString(key)}", cancellationToken);

        // What was never given out as an id names no cart.
        if (response.StatusCode is HttpStatusCode.BadRequest)
            return new(key, Version: 0, Currency: null, Items: []);

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync(OrdersJsonContext.Default.Cart, cancellationToken)
            ?? throw new HttpRequestException("Cart answered without a cart.");
    }
}
