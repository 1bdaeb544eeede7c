namespace ShopFlow.Cli.Setup;

/// <summary>A package, how to see that what it brings is there already, however it came, and its name for people.</summary>
internal sealed record DebianPackage(string Name, Func<bool> IsInstalled, string Title);
