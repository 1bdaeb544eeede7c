namespace ShopFlow.Auth.Passwords.Reset;

internal sealed record PasswordResetRequest(string? Email);
