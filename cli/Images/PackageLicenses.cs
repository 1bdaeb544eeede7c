using System.Text.Json;
using System.Xml.Linq;

namespace ShopFlow.Cli.Images;

/// <summary>The licenses that packages name, from where NuGet unpacked them.</summary>
internal sealed class PackageLicenses(IReadOnlyList<string> folders)
{
    /// <param name="assets">The text of <c>project.assets.json</c>, which names the folders.</param>
    public static PackageLicenses Of(string assets)
    {
        using var json = JsonDocument.Parse(assets);
        return new PackageLicenses([.. json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)]);
    }

    /// <returns>The SPDX expression; null where the package names none, as those that only link to a text.</returns>
    public string? Find(string path)
    {
        var file = folders
            .Select(folder => Path.Combine(folder, path, $"{path.Split('/')[0]}.nuspec"))
            .FirstOrDefault(File.Exists);
        return file is null ? null : XDocument.Load(file)
            .Descendants()
            .FirstOrDefault(element => element.Name.LocalName == "license" && element.Attribute("type")?.Value == "expression")?.Value;
    }
}
