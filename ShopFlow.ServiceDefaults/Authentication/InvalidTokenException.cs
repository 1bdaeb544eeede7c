namespace ShopFlow.ServiceDefaults.Authentication;

/// <summary>The message is told to the caller.</summary>
internal sealed class InvalidTokenException(string message) : Exception(message);
