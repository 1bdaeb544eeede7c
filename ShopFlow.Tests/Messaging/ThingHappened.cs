using ShopFlow.Contracts;

namespace ShopFlow.Tests.Messaging;

[EventName("test.thing-happened")]
internal sealed record ThingHappened(string Text) : IntegrationEvent;
