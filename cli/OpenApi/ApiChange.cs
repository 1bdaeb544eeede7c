namespace ShopFlow.Cli.OpenApi;

/// <param name="IsBreaking">Whether a client that worked before may not work any more.</param>
/// <param name="What">What it is, and where.</param>
internal sealed record ApiChange(bool IsBreaking, string What);
