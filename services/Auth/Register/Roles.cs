namespace ShopFlow.Auth.Register;

internal static class Roles
{
    public const string Customer = "customer";
    public const string Admin = "admin";
}
