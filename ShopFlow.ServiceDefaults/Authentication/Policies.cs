namespace ShopFlow.ServiceDefaults;

/// <summary>Authorisation policies; without one, <c>RequireAuthorization()</c> asks for any signed-in user.</summary>
public static class Policies
{
    /// <summary>The caller has the role "admin".</summary>
    public const string Admin = "admin";

    /// <summary>Nobody in particular. A token that is there has to be good: an expired one must not turn a user into a guest.</summary>
    public const string Anybody = "anybody";
}
