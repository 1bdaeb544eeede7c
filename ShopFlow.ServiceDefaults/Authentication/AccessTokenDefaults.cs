namespace ShopFlow.ServiceDefaults.Authentication;

internal static class AccessTokenDefaults
{
    public const string Scheme = "Bearer";
}
