using System.Net.Http.Json;
using System.Text.Json;

namespace ShopFlow.Tests.Platform;

/// <summary>For tests that don't mind what is bought: the first product of the list.</summary>
internal static class AnyProduct
{
    public static async Task<JsonElement> AnyProductAsync(this HttpClient gateway, CancellationToken cancellationToken) =>
        (await gateway.GetFromJsonAsync<JsonElement>("/products?limit=1", cancellationToken)).GetProperty("products")[0];

    public static async Task<string> AnySkuAsync(this HttpClient gateway, CancellationToken cancellationToken) =>
        (await gateway.AnyProductAsync(cancellationToken)).GetProperty("variants")[0].GetProperty("sku").GetString()!;
}
