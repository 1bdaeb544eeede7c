namespace ShopFlow.Export.Tests;

/// <summary>A little shop, as Aspire 13.5 writes it to its manifest: a project that is public, one that calls it, PostgreSQL, Redis and RabbitMQ.</summary>
internal static class SmallModel
{
    public const string Environment = "dev";

    private const string Folder = "deploy/Tests/Small";

    public static ExportInput Input => new(
        Repository.Text($"{Folder}/aspire-manifest.json"),
        Directory.EnumerateFiles(Repository.Path($"{Folder}/settings")).ToDictionary(path => Path.GetFileName(path), File.ReadAllText),
        [Environment]);

    /// <summary>What is exported for it.</summary>
    public static string Expected => Repository.Path($"{Folder}/expected");

    /// <summary>What <c>aspirate generate</c> 9.1 made of it, by the options of <see cref="Comparison.Aspirate"/>; but for the values that it
    /// generates, which have names here.</summary>
    public static string Aspirate => Repository.Path($"{Folder}/aspirate");
}
