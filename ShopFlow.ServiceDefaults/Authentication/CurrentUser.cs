using System.Security.Claims;

namespace ShopFlow.ServiceDefaults;

/// <summary>Who makes this request, as their token says. Injected, one per request.</summary>
public sealed class CurrentUser(ClaimsPrincipal principal)
{
    public bool IsSignedIn => principal.Identity?.IsAuthenticated == true;

    /// <summary>The user's id, a Guid in "D" form.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public string Id => Claim(TokenClaims.Subject);

    /// <inheritdoc cref="Id"/>
    public string Username => Claim(TokenClaims.Name);

    public bool IsAdmin => principal.IsInRole(Policies.Admin);

    private string Claim(string type)
        => principal.FindFirstValue(type) ?? throw new InvalidOperationException($"The caller has no claim '{type}'. Does the endpoint require authorisation?");
}
