using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Recommendations.Views;

/// <summary>
/// Who looks: a signed-in user, else a browser, by a cookie that ends with its session. Neither is stored: a visit's id is a hash
/// of the visitor and the day.
/// </summary>
internal sealed class Visitor(IHttpContextAccessor http, CurrentUser user, TimeProvider time)
{
    private const string Cookie = "shopflow_visitor";
    private const int IdBytes = 16;
    private const int IdLength = 22;

    public (Guid VisitId, DateOnly Day) CurrentVisit()
    {
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var visitor = user.IsSignedIn ? $"user:{user.Id}" : $"browser:{Browser()}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{visitor}:{day:O}"));
        return (new(hash.AsSpan(0, IdBytes)), day);
    }

    private string Browser()
    {
        var context = http.HttpContext!;
        if (context.Request.Cookies[Cookie] is { Length: IdLength } known)
            return known;

        var created = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        context.Response.Cookies.Append(Cookie, created, new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = "/",
        });
        return created;
    }
}
