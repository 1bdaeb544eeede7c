using ShopFlow.ServiceDefaults;
using StackExchange.Redis;

namespace ShopFlow.Cart;

/// <summary>Tells a shopper that carts can't be reached, instead of that something is broken.</summary>
internal sealed class RedisIsAway(ILogger<RedisIsAway> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            logger.LogWarning("Redis does not answer: {Reason}", e.Message);
            return Problems.Unavailable("Carts can't be reached at the moment. Try again.");
        }
    }
}
