using Microsoft.FeatureManagement;
using ShopFlow.Flags;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Placing;

/// <summary>Asks guests to sign in while the business has switched their check-out off.</summary>
internal sealed class GuestCheckout(IFeatureManager flags) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var shopper = context.HttpContext.RequestServices.GetRequiredService<Shopper>();
        return shopper.IsGuest && !await flags.IsEnabledAsync(Flag.GuestCheckout)
            ? Problems.Unauthenticated("sign-in-to-order", "Guests cannot order just now. Sign in first.")
            : await next(context);
    }
}
