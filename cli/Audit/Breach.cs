namespace ShopFlow.Cli.Audit;

/// <summary>Something that must not be. <c>Subject</c> is the order, SKU or queue.</summary>
internal sealed record Breach(string Kind, string Subject, string Detail);
