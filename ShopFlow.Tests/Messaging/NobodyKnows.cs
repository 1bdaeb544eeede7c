using ShopFlow.Contracts;

namespace ShopFlow.Tests.Messaging;

[EventName("test.nobody-knows")]
internal sealed record NobodyKnows : IntegrationEvent;
