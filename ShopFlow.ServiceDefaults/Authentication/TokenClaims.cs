namespace ShopFlow.ServiceDefaults;

/// <summary>Names of the claims in an access token.</summary>
public static class TokenClaims
{
    public const string Subject = "sub";
    public const string Name = "name";
    public const string Role = "role";
}
