namespace ShopFlow.Auth.Register;

internal sealed record RegisterRequest(string? Username, string? Password, string? Email);
