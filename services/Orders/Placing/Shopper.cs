using System.Text.RegularExpressions;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Placing;

/// <summary>Who makes this request: a signed-in user, or a guest, who is known by what they carry.</summary>
internal sealed partial class Shopper(CurrentUser user, IHttpContextAccessor http)
{
    public const string OrderKeyHeader = "Order-Key";
    public const string CartIdHeader = "Cart-Id";

    private const string CartCookie = "shopflow_cart";

    public bool IsGuest => !user.IsSignedIn;

    public bool IsAdmin => user.IsAdmin;

    /// <summary>Null for a guest.</summary>
    public string? UserId => user.IsSignedIn ? user.Id : null;

    /// <summary>As the cart service names the caller's cart; null for a guest without one.</summary>
    public string? CartKey
    {
        get
        {
            if (UserId is { } id)
                return CartKeyOf(id);

            var request = http.HttpContext!.Request;
            var cartId = request.Headers[CartIdHeader] is [{ } header] ? header : request.Cookies[CartCookie];
            return cartId is not null && Harmless.IsMatch(cartId) ? $"guest:{cartId}" : null;
        }
    }

    /// <summary>The cart that is ordered: of the user whom an administrator orders for, or else the caller's.</summary>
    /// <param name="userId">Whose order it is; null for the caller's own.</param>
    public string? CartKeyFor(string? userId) => userId is null ? CartKey : CartKeyOf(userId);

    /// <summary>What a guest's order is opened with; null when the caller shows no key.</summary>
    public byte[]? OrderKeyHash =>
        http.HttpContext!.Request.Headers[OrderKeyHeader] is [{ Length: > 0 and <= 200 } key] ? GuestAccess.HashOf(key) : null;

    private static string CartKeyOf(string userId) => $"user:{userId}";

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,100}\z")]
    private static partial Regex Harmless { get; }
}
