using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.FeatureManagement;
using ShopFlow.Flags;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Placing;

/// <summary>Asks guests to sign in while the business has switched their check-out off.</summary>
internal sealed class GuestCheckout(Shopper shopper, IFeatureManager flags)
{
    /// <returns>Null for whoever may order.</returns>
    public async Task<ProblemHttpResult?> RefusalAsync() => shopper.IsGuest && !await flags.IsEnabledAsync(Flag.GuestCheckout)
        ? Problems.Unauthenticated("sign-in-to-order", "Guests cannot order just now. Sign in first.")
        : null;
}
