using System.Globalization;
using System.Text.Json;
using ShopFlow.Cli.Platform;

namespace ShopFlow.Cli.Bench;

/// <summary>What the scenarios need to know of the shop, and the stock that they need it to have.</summary>
internal sealed class ShopUnderLoad
{
    private const int Stock = 5_000_000;

    private readonly HttpClient _http;

    private ShopUnderLoad(HttpClient http, IReadOnlyList<string> skus, IReadOnlyList<string> products, IReadOnlyList<string> names)
    {
        (_http, Skus, Products, Names) = (http, skus, products, names);
    }

    public Uri Gateway => _http.BaseAddress!;

    public IReadOnlyList<string> Skus { get; }

    public IReadOnlyList<string> Products { get; }

    /// <summary>Of products to search for.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <exception cref="CommandFailedException">Nothing runs, or it does not answer as a shop.</exception>
    public static async Task<ShopUnderLoad> PrepareAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var admin = await RunningGateway.ConnectAsAdminAsync(checkout, cancellationToken);
        using var page = JsonDocument.Parse(await admin.GetStreamAsync("products?limit=50", cancellationToken));
        var products = page.RootElement.GetProperty("products").EnumerateArray().ToList();
        var skus = products.SelectMany(product => product.GetProperty("variants").EnumerateArray()).Select(variant => variant.GetProperty("sku").GetString()!).ToList();

        foreach (var sku in skus)
        {
            using var body = new StringContent(
                string.Create(CultureInfo.InvariantCulture, $$"""{"available": {{Stock}}, "reason": "load test"}"""), System.Text.Encoding.UTF8, "application/json");
            using var answer = await admin.PutAsync($"admin/stock/{Uri.EscapeDataString(sku)}", body, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                throw new CommandFailedException($"The stock of {sku} cannot be raised: {(int)answer.StatusCode}.");
        }

        // The newest are those that ./shopflow bench products added.
        using var newest = JsonDocument.Parse(await admin.GetStreamAsync("products?limit=50&sort=newest", cancellationToken));
        var names = products.Concat(newest.RootElement.GetProperty("products").EnumerateArray()).Select(product => product.GetProperty("name").GetString()!);
        return new(admin, skus, [.. products.Select(product => product.GetProperty("id").GetString()!)], [.. names]);
    }

    /// <summary>Registers a user for each client, so that none waits for another's lock.</summary>
    public async Task<IReadOnlyList<string>> RegisterAsync(int count, CancellationToken cancellationToken)
    {
        var run = Guid.NewGuid().ToString("N")[..10];
        var password = $"Bench-{Guid.NewGuid()}";
        var bodies = new List<string>();
        using var connection = new HttpConnection(Gateway, TimeSpan.FromSeconds(20));
        for (var number = 0; number < count && !cancellationToken.IsCancellationRequested; number++)
        {
            var name = $"bench{run}n{number}";
            var answer = await connection.SendAsync(
                "POST", "/auth/register", $$"""{"username": "{{name}}", "password": "{{password}}", "email": "{{name}}@shopflow.example"}""");
            UnexpectedAnswerException.Unless(answer.IsSuccess, answer, "register");
            bodies.Add($$"""{"username": "{{name}}", "password": "{{password}}"}""");
        }

        return bodies;
    }
}
