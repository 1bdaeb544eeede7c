namespace ShopFlow.Auth.Login;

internal sealed record LoginRequest(string? Username, string? Password);
