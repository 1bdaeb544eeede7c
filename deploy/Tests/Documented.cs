using System.Text.RegularExpressions;

namespace ShopFlow.Export.Tests;

/// <summary>Whether what documents and workflows tell somebody to run is there.</summary>
internal static partial class Documented
{
    /// <summary>Of a command of ours the options have to exist, of any command the files of the repository that it names.</summary>
    public static void CommandExists(string line)
    {
        if (OurCommand().Match(line) is { Success: true } command)
        {
            var name = command.Groups[1].Value;
            var source = Directory.EnumerateFiles(Repository.Path("cli/Commands"), "*.cs").Select(File.ReadAllText).FirstOrDefault(text => text.Contains($"new Command(\"{name}\""));
            Assert.True(source is not null, $"There is no ./shopflow {name}: {line}");
            Assert.All(Option().Matches(line).Select(option => option.Value), option => Assert.True(source.Contains($"\"{option}\""), $"./shopflow {name} has no {option}: {line}"));
        }

        Assert.All(RepositoryPath().Matches(line).Select(path => path.Value.TrimEnd('.')), PathExists);
    }

    public static void PathExists(string path) =>
        Assert.True(File.Exists(Repository.Path(path)) || Directory.Exists(Repository.Path(path)), $"There is no {path}.");

    /// <param name="document">The path of a document, from the root.</param>
    /// <returns>The paths that it links to, from the root.</returns>
    public static IEnumerable<string> Links(string document) => Link().Matches(Repository.Text(document))
        .Select(link => Path.Combine(Path.GetDirectoryName(document)!, link.Groups[1].Value));

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\./shopflow ([a-z]+)")]
    private static partial Regex OurCommand();

    [GeneratedRegex(@"(?<= )--[a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex(@"\b(deploy|docs|cli|services|ShopFlow\.[A-Za-z]+)/[A-Za-z0-9_./-]*[A-Za-z0-9]")]
    private static partial Regex RepositoryPath();
}
