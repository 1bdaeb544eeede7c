namespace ShopFlow.Messaging;

/// <summary>How many dead letters a call has moved.</summary>
internal sealed record DeadLetterCount(int Count);
