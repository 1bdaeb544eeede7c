using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ShopFlow.Cli.Images;

/// <summary>
/// The software bill of materials of an image, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/): what NuGet put into it, our own projects
/// and the base image, each with what it depends on. The same input gives the same bytes: there is no time in it, and its number is a hash.
/// </summary>
internal static class BillOfMaterials
{
    public const string FileName = "bom.cdx.json";

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <param name="image">The image's name, without its tag.</param>
    /// <param name="dependencies">The service's <c>deps.json</c>.</param>
    /// <param name="licenseOf">The SPDX expression of a package, by its path below a NuGet folder (<c>npgsql/10.0.0</c>); null where it names none.</param>
    public static string Create(string image, string version, string baseImage, string dependencies, Func<string, string?> licenseOf)
    {
        using var document = JsonDocument.Parse(dependencies);
        var root = document.RootElement;
        // A reference is the assembly of a project that is here already.
        var libraries = root.GetProperty("libraries").EnumerateObject().Where(library => TypeOf(library) != "reference").OrderBy(library => library.Name, StringComparer.Ordinal).ToArray();
        var references = libraries.Select(library => library.Name).ToHashSet();
        var service = root.GetProperty("targets").GetProperty(root.GetProperty("runtimeTarget").GetProperty("name").GetString()!).EnumerateObject().ToArray();

        var bill = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["component"] = Container("image", image, version) },
            ["components"] = new JsonArray([Base(baseImage), .. libraries.Select(library => Component(library, licenseOf))]),
            ["dependencies"] = new JsonArray(
            [
                Dependency("image", ["base", service[0].Name]),
                Dependency("base", []),
                .. service.Where(library => references.Contains(library.Name)).Select(library => Dependency(library.Name, Needed(library.Value).Where(references.Contains))),
            ]),
        };
        bill.Insert(2, "serialNumber", $"urn:uuid:{NumberOf(bill)}");
        return bill.ToJsonString(s_indented) + "\n";
    }

    private static JsonObject Component(JsonProperty library, Func<string, string?> licenseOf)
    {
        var (name, version) = NameAndVersion(library.Name);
        var component = new JsonObject { ["type"] = "library", ["bom-ref"] = library.Name, ["name"] = name, ["version"] = version };
        if (TypeOf(library) == "project")
        {
            component["licenses"] = License("MIT");
            return component;
        }

        component["purl"] = $"pkg:nuget/{Uri.EscapeDataString(name)}@{Uri.EscapeDataString(version)}";
        const string Algorithm = "sha512-";
        if (library.Value.GetProperty("sha512").GetString() is { } hash && hash.StartsWith(Algorithm, StringComparison.Ordinal))
            component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = Convert.ToHexStringLower(Convert.FromBase64String(hash[Algorithm.Length..])) });
        if (licenseOf(library.Value.GetProperty("path").GetString()!) is { } license)
            component["licenses"] = License(license);
        return component;
    }

    private static JsonObject Base(string image)
    {
        var (host, path) = ImageName.Split(image);
        var (name, version) = ImageName.SplitVersion(path);
        var component = Container("base", $"{host}/{name}", version);
        component["purl"] = $"pkg:docker/{name}@{Uri.EscapeDataString(version)}?repository_url={Uri.EscapeDataString(host)}";
        return component;
    }

    private static JsonObject Container(string reference, string name, string version) =>
        new() { ["type"] = "container", ["bom-ref"] = reference, ["name"] = name, ["version"] = version };

    private static JsonArray License(string expression) => [new JsonObject { ["expression"] = expression }];

    private static JsonObject Dependency(string reference, IEnumerable<string> needed) =>
        new() { ["ref"] = reference, ["dependsOn"] = new JsonArray([.. needed.Order(StringComparer.Ordinal).Select(name => JsonValue.Create(name))]) };

    private static IEnumerable<string> Needed(JsonElement library) => library.TryGetProperty("dependencies", out var needed)
        ? needed.EnumerateObject().Select(dependency => $"{dependency.Name}/{dependency.Value.GetString()}")
        : [];

    private static string? TypeOf(JsonProperty library) => library.Value.GetProperty("type").GetString();

    private static (string Name, string Version) NameAndVersion(string library) =>
        library.Split('/') is [var name, var version] ? (name, version) : throw new FormatException($"'{library}' is no library of a deps.json.");

    // A UUID of version 8: ours to fill, https://www.rfc-editor.org/rfc/rfc9562#section-5.8
    private static Guid NumberOf(JsonObject bill)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(bill.ToJsonString()))[..16];
        bytes[6] = (byte)(0x80 | (bytes[6] & 0x0f));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
        return new Guid(bytes, bigEndian: true);
    }
}
