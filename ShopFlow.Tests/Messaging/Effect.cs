namespace ShopFlow.Tests.Messaging;

/// <summary>What the handler under test leaves behind; nothing keeps it from doing so twice but the inbox.</summary>
internal sealed class Effect
{
    public long Id { get; init; }

    public required string Text { get; init; }

    public string? TraceId { get; init; }
}
