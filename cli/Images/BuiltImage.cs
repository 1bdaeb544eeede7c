using System.Text.Json;

namespace ShopFlow.Cli.Images;

/// <summary>An image that was made. Sizes are in bytes, compressed, as they are pulled.</summary>
/// <param name="Own">Of the service's layer, which is the last.</param>
/// <param name="Total">Of all layers.</param>
internal sealed record BuiltImage(string Name, long Own, long Total, string Digest)
{
    /// <param name="properties">What MSBuild prints for <c>-getProperty</c> of the manifest and its digest.</param>
    public static BuiltImage Parse(string name, string properties)
    {
        using var json = JsonDocument.Parse(properties);
        var values = json.RootElement.GetProperty("Properties");
        using var manifest = JsonDocument.Parse(values.GetProperty("GeneratedContainerManifest").GetString()!);
        var layers = manifest.RootElement.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("size").GetInt64()).ToArray();
        return new BuiltImage(name, layers[^1], layers.Sum(), values.GetProperty("GeneratedContainerDigest").GetString()!);
    }
}
