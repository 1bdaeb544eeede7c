namespace ShopFlow.Auth.SigningKeys;

/// <summary>The key that signs from <c>NotBefore</c> on.</summary>
internal sealed record NextKey(string Kid, DateTimeOffset NotBefore);
