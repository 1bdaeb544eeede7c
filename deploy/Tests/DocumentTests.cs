namespace ShopFlow.Export.Tests;

public sealed class DocumentTests
{
    public static TheoryData<string> All => [.. new[] { "", "docs", "services", "aspire", "deploy", "bench" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*.md", folder.Length == 0 ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Repository.Path("."), path).Replace('\\', '/'))
        .Where(path => !path.Contains("/bin/"))];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_link_to_a_file_leads_somewhere(string document) => Assert.All(Documented.Links(document), Documented.PathExists);
}
