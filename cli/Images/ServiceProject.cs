using System.Text.RegularExpressions;

namespace ShopFlow.Cli.Images;

/// <summary>A service that an image is made of.</summary>
/// <param name="Name">Its name in the model, in deploy/kubernetes and in the registry, as <c>payment-sandbox</c>.</param>
/// <param name="File">Its project file, with the full path.</param>
internal sealed partial record ServiceProject(string Name, string File)
{
    private const string Prefix = "ShopFlow.";

    public string AssemblyName => Path.GetFileNameWithoutExtension(File);

    /// <summary>Every web project in <c>services</c>, by name.</summary>
    public static IReadOnlyList<ServiceProject> Find(Checkout checkout) =>
    [
        .. Directory.EnumerateFiles(checkout.Services, $"{Prefix}*.csproj", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Where(file => System.IO.File.ReadAllText(file).Contains("Sdk=\"Microsoft.NET.Sdk.Web\""))
            .Select(file => new ServiceProject(NameOf(file), file))
            .OrderBy(service => service.Name, StringComparer.Ordinal),
    ];

    // As services/Directory.Build.targets has it.
    private static string NameOf(string file) => InsideWords().Replace(Path.GetFileNameWithoutExtension(file)[Prefix.Length..], "-").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex InsideWords();
}
