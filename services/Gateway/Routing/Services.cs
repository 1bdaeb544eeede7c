namespace ShopFlow.Gateway.Routing;

/// <summary>The services behind the gateway, by their names in the model.</summary>
internal static class Services
{
    public const string Auth = "auth";
    public const string Catalog = "catalog";
    public const string Inventory = "inventory";
    public const string Cart = "cart";
    public const string Orders = "orders";
    public const string Payments = "payments";
    public const string Notifications = "notifications";
    public const string Recommendations = "recommendations";
    public const string Search = "search";

    public static readonly IReadOnlyList<string> All = [Auth, Catalog, Inventory, Cart, Orders, Payments, Notifications, Recommendations, Search];
}
