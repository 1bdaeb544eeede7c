using Microsoft.AspNetCore.Authorization;
using ShopFlow.Orders.Placing;

namespace ShopFlow.Orders;

/// <summary>Who may see an order without a token. A token that is there has to be good, as in <see cref="ServiceDefaults.Policies.Anybody"/>.</summary>
internal static class GuestPolicies
{
    /// <summary>A signed-in user, or somebody with an order's key.</summary>
    public const string KeyHolder = "key-holder";

    public static void AddGuestPolicies(this IServiceCollection services) => services.AddAuthorizationBuilder()
        .AddPolicy(KeyHolder, policy => policy.RequireAssertion(caller =>
            IsSignedIn(caller) || (IsWithout(caller, "Authorization") && !IsWithout(caller, Shopper.OrderKeyHeader))));

    private static bool IsSignedIn(AuthorizationHandlerContext caller) => caller.User.Identity?.IsAuthenticated is true;

    private static bool IsWithout(AuthorizationHandlerContext caller, string header) =>
        caller.Resource is HttpContext http && !http.Request.Headers.ContainsKey(header);
}
