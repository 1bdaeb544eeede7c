using ShopFlow.Cart.Storage;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Cart.Identity;

/// <summary>
/// Which cart a request is about. A signed-in caller has the cart of their account; one that names a guest's cart as well brings it
/// along, and it is merged first. A guest names theirs by the header Cart-Id or by the cookie.
/// </summary>
internal sealed class CurrentCart(IHttpContextAccessor http, CurrentUser user, CartStore store, CartOptions options)
{
    private const string Header = "Cart-Id";
    private const string Cookie = "shopflow_cart";

    private HttpContext Http => http.HttpContext!;

    /// <summary>Null for a guest who has none yet.</summary>
    public async Task<CartKey?> FindAsync()
    {
        if (!user.IsSignedIn)
            return NamedByGuest();

        var own = CartKey.OfUser(user.Id);
        if (NamedByGuest() is { } guest)
        {
            await store.MergeAsync(guest, own);
            Http.Response.Cookies.Delete(Cookie);
        }

        return own;
    }

    /// <summary>Makes one for a guest who has none, and tells its id.</summary>
    public async Task<CartKey> FindOrCreateAsync()
    {
        if (await FindAsync() is { } found)
            return found;

        var created = CartKey.NewGuest();
        Http.Response.Headers[Header] = created.Id;
        Http.Response.Cookies.Append(Cookie, created.Id, new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = Http.Request.IsHttps,
            MaxAge = options.GuestLifetime,
            Path = "/",
        });
        return created;
    }

    private CartKey? NamedByGuest()
    {
        var id = Http.Request.Headers[Header] is [{ Length: > 0 } header] ? header : Http.Request.Cookies[Cookie];
        return CartKey.TryOfGuest(id, out var key) ? key : null;
    }
}
