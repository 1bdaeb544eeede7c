namespace ShopFlow.Payments.Provider;

/// <summary>The provider understood, and has not done it, because the state of the charge does not allow it.</summary>
internal sealed class ProviderRefusedException(string message) : Exception(message);
