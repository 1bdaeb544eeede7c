namespace ShopFlow.Auth.Sessions;

internal sealed record SignedInUser(Guid Id, string Username, string[] Roles);
