using ShopFlow.Cart.Editing;
using ShopFlow.Cart.Identity;
using ShopFlow.Cart.Prices;
using ShopFlow.Cart.Reading;
using ShopFlow.Cart.Storage;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Cart;

internal static class CartService
{
    private const int ConnectMilliseconds = 2000;
    private const int MostPricesKept = 100_000;

    public static void AddCart(this IHostApplicationBuilder builder)
    {
        // Without Redis there is no cart: a request learns so at once, and a connection that comes back is used again by itself. It is
        // made at the start, because making it blocks a thread, and the first requests may be a hundred.
        builder.AddRedisClient(
            "cache",
            settings => settings.DisableAutoActivation = false,
            redis =>
            {
                redis.AbortOnConnectFail = false;
                redis.ConnectTimeout = ConnectMilliseconds;
            });
        builder.AddConsumers("messaging", messaging => messaging.Consume<OrderPlaced, ClearOrderedCart>());

        builder.AddSettings<CartOptions>("Cart");
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, CartJson.Default));

        services.AddSingleton<CartStore>();
        services.AddScoped<CurrentCart>();
        services.AddScoped<CartReading>();
        services.AddScoped<AddItem>();
        services.AddScoped<SetQuantity>();

        services.AddMemoryCache(cache => cache.SizeLimit = MostPricesKept);
        services.AddHttpClient<CatalogOffers>(http => http.BaseAddress = new("http://catalog"));
        services.AddScoped<CurrentOffers>();
    }

    public static void MapCart(this WebApplication app)
    {
        var cart = app.MapGroup("/cart").RequireAuthorization(Policies.Anybody).AddEndpointFilter<RedisIsAway>().WithTags("Cart");
        cart.MapGet("/", GetCart.HandleAsync).WithName("GetCart");
        cart.MapDelete("/", ClearCart.HandleAsync).WithName("ClearCart");
        cart.MapPut("/currency", ChooseCurrency.HandleAsync).WithName("ChooseCurrency");
        cart.MapPost("/items", AddItem.HandleAsync).WithName("AddItem");
        cart.MapPut("/items/{sku}", SetQuantity.HandleAsync).WithName("SetQuantity");
        cart.MapDelete("/items/{sku}", RemoveItem.HandleAsync).WithName("RemoveItem");

        app.MapGet("/internal/carts/{key}", GetInternalCart.HandleAsync).AddEndpointFilter<RedisIsAway>().ExcludeFromDescription();
    }
}
