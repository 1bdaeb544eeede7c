namespace ShopFlow.Messaging;

/// <summary><c>Total</c> counts all dead letters of the service; <c>Next</c> asks for the following page.</summary>
internal sealed record DeadLetterPage(IReadOnlyList<DeadLetter> DeadLetters, long Total, string? Next);
