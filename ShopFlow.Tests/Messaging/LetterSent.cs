using ShopFlow.Contracts;

namespace ShopFlow.Tests.Messaging;

/// <summary>For tests that count dead letters: what others publish on the broker doesn't reach their queues.</summary>
[EventName("letters.letter-sent")]
internal sealed record LetterSent(string Text) : IntegrationEvent;
