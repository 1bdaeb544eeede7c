namespace ShopFlow.ServiceDefaults;

/// <summary>Authorisation policies; without one, <c>RequireAuthorization()</c> asks for any signed-in user.</summary>
public static class Policies
{
    /// <summary>The caller has the role "admin".</summary>
    public const string Admin = "admin";
}
