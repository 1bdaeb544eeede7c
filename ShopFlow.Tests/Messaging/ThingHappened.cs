using ShopFlow.Contracts;

namespace ShopFlow.Tests.Messaging;

/// <summary>Every queue of a test gets it, so the classes that publish it take turns: they share a collection.</summary>
[EventName("test.thing-happened")]
internal sealed record ThingHappened(string Text) : IntegrationEvent;
