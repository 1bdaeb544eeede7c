namespace ShopFlow.ServiceDefaults.Authentication;

/// <summary>No key was ever read, so no token can be judged: that is this side's fault, not the caller's.</summary>
internal sealed class KeysUnavailableException() : Exception("The signing keys could not be read.");
