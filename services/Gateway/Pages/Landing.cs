using ShopFlow.Gateway.ApiDocument;

namespace ShopFlow.Gateway.Pages;

/// <summary>What a visitor of the bare address gets: where to go.</summary>
internal sealed record Landing(string Name, IReadOnlyDictionary<string, string> Links)
{
    public static readonly Landing Page = new("ShopFlow", new Dictionary<string, string>
    {
        ["documentation"] = Documentation.Page,
        ["products"] = "/products",
        ["categories"] = "/categories",
        ["register"] = "/auth/register",
        ["login"] = "/auth/login",
        ["orders"] = "/orders",
        ["health"] = "/health/shop",
    });
}
