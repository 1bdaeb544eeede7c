namespace ShopFlow.Payments.Provider;

/// <summary>The provider may or may not have done what it was asked: a time-out, a broken connection, an answer that makes no sense.</summary>
internal sealed class OutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);
