namespace ShopFlow.Tests.Catalog;

/// <summary>Products as an admin sends them.</summary>
internal static class ProductForms
{
    private static readonly string[] Currencies = ["USD", "EUR", "GBP", "INR", "JPY"];

    public static string NewSku() => $"T-{Guid.NewGuid():N}".ToUpperInvariant();

    public static IEnumerable<object> Prices(decimal amount) => Currencies.Select(currency => new { amount, currency });

    public static object Kettle(string name, decimal amount = 10m, params string[] skus) => Kettle(name, amount, skus, "coffee-tea");

    public static object Kettle(string name, string category) => Kettle(name, 10m, [], category);

    public static object Kettle(string name, decimal amount, string[] skus, string category) => new
    {
        slug = $"kettle-{Guid.NewGuid():N}",
        name,
        brand = "Kettleby",
        description = "A kettle for tests, which boils nothing.",
        category,
        taxClass = "standard",
        options = new[] { "Colour" },
        variants = (skus is [] ? [NewSku()] : skus).Select((sku, i) => new
        {
            sku,
            options = new Dictionary<string, string> { ["Colour"] = $"Shade {i}" },
            weight = 900,
            prices = Prices(amount),
        }),
    };
}
