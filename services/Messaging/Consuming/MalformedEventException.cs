namespace ShopFlow.Messaging;

/// <summary>A message that is no event, and won't be one at the next delivery either.</summary>
internal sealed class MalformedEventException(string message, Exception? innerException = null) : Exception(message, innerException);
