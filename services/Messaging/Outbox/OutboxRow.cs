namespace ShopFlow.Messaging;

/// <summary>A claimed row of the outbox, its payload as the bytes that go over the wire.</summary>
internal sealed record OutboxRow(long Position, Guid Id, string Name, byte[] Payload, string? TraceParent, DateTimeOffset OccurredAt);
