namespace ShopFlow.Auth.Verify;

internal sealed record Profile(Guid Id, string Username, string Email, string[] Roles, DateTimeOffset CreatedAt);
