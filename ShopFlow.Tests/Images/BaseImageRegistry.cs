using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ShopFlow.Tests.Images;

/// <summary>A registry (https://github.com/opencontainers/distribution-spec) that has one image, <c>base:1</c>, with nothing in it.</summary>
internal sealed class BaseImageRegistry : IAsyncDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly WebApplication _app;

    private BaseImageRegistry(WebApplication app) => _app = app;

    public string Image => $"localhost:{new Uri(_app.Urls.Single()).Port}/base:1";

    public static async Task<BaseImageRegistry> StartAsync()
    {
        var tar = new byte[1024];
        var layer = Zip(tar);
        var config = Json(new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = new JsonObject(),
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(Digest(tar)) },
        });
        var manifest = Json(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ManifestType,
            ["config"] = Blob("application/vnd.docker.container.image.v1+json", config),
            ["layers"] = new JsonArray(Blob("application/vnd.docker.image.rootfs.diff.tar.gzip", layer)),
        });
        var blobs = new[] { layer, config }.ToDictionary(Digest);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/v2/", () => "");
        app.MapMethods("/v2/base/manifests/{reference}", ["GET", "HEAD"], (HttpContext context) =>
        {
            context.Response.Headers["Docker-Content-Digest"] = Digest(manifest);
            return Results.Bytes(manifest, ManifestType);
        });
        app.MapGet("/v2/base/blobs/{digest}", (string digest) => Results.Bytes(blobs[digest]));
        await app.StartAsync();
        return new BaseImageRegistry(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static JsonObject Blob(string type, byte[] bytes) => new() { ["mediaType"] = type, ["size"] = bytes.Length, ["digest"] = Digest(bytes) };

    private static byte[] Json(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var stream = new GZipStream(zipped, CompressionMode.Compress))
            stream.Write(bytes);
        return zipped.ToArray();
    }
}
