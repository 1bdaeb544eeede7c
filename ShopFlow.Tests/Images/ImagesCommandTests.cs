using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;
using ShopFlow.Cli.Images;
using ShopFlow.Tests.Cli;

namespace ShopFlow.Tests.Images;

/// <summary>What <c>./shopflow images --tar</c> makes, without an engine, on a base image that has nothing.</summary>
public sealed class ImagesCommandTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shopflow images ");

    [Fact]
    public async Task An_image_has_its_name_its_labels_no_root_compiled_code_and_its_bill_of_materials()
    {
        await using var registry = await BaseImageRegistry.StartAsync();
        var (exitCode, output, error) = await ShopFlowCommand.RunInAsync(
            Checkout.Root, TimeSpan.FromMinutes(5),
            "images", "--tar", _folder.FullName, "--service", "payment-sandbox", "--registry", "registry.test:5000/shop", "--version", "1.2.3",
            "--base-image", registry.Image);
        Assert.True(exitCode == 0, error);
        Assert.Contains("payment-sandbox", output);

        var archive = await FilesAsync(File.OpenRead(Path.Combine(_folder.FullName, "payment-sandbox.tar")));
        var manifest = JsonNode.Parse(archive["manifest.json"])![0]!;
        Assert.Equal("registry.test:5000/shop/payment-sandbox:1.2.3", manifest["RepoTags"]![0]!.GetValue<string>());

        var config = JsonNode.Parse(archive[manifest["Config"]!.GetValue<string>()])!["config"]!;
        Assert.Equal("1654", config["User"]!.GetValue<string>());
        Assert.Equal(["dotnet", "/app/ShopFlow.PaymentSandbox.dll"], config["Entrypoint"]!.AsArray().Select(word => word!.GetValue<string>()));
        Assert.Contains("ASPNETCORE_HTTP_PORTS=8080", config["Env"]!.AsArray().Select(variable => variable!.GetValue<string>()));
        string? Label(string name) => config["Labels"]![$"org.opencontainers.image.{name}"]?.GetValue<string>();
        Assert.Equal(("1.2.3", "ShopFlow payment-sandbox", "MIT", registry.Image), (Label("version"), Label("title"), Label("licenses"), Label("base.name")));

        var own = manifest["Layers"]!.AsArray()[^1]!.GetValue<string>();
        var files = await FilesAsync(new GZipStream(new MemoryStream(archive[own]), CompressionMode.Decompress));
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, "payment-sandbox.cdx.json")), files[$"app/{BillOfMaterials.FileName}"]);
        Assert.True(IsCompiled(files["app/ShopFlow.PaymentSandbox.dll"]) || error.Contains("ReadyToRun"), "The service's code is not compiled ahead of time.");
        Assert.DoesNotContain(files.Keys, name => name.EndsWith(".xml", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<Dictionary<string, byte[]>> FilesAsync(Stream archive)
    {
        var files = new Dictionary<string, byte[]>();
        await using var tar = new TarReader(archive);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            using var content = new MemoryStream();
            if (entry.DataStream is { } data)
                await data.CopyToAsync(content);
            files[entry.Name.TrimStart('.', '/')] = content.ToArray();
        }
        return files;
    }

    // https://github.com/dotnet/runtime/blob/main/docs/design/coreclr/botr/readytorun-format.md: native code has a header of its own.
    private static bool IsCompiled(byte[] assembly)
    {
        using var reader = new PEReader(new MemoryStream(assembly));
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
