using System.Runtime.CompilerServices;

namespace Aspire.StandIn.Tests.Manifest;

public sealed class ManifestTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspire manifest ");

    public ManifestTests()
    {
        Write("Shop.AppHost/Shop.AppHost.csproj", "<Project />");
        Write("Shop.Worker/Shop.Worker.csproj", "<Project />");
        Write("Shop.Api/Shop.Api.csproj", "<Project />");
        Write("Shop.Api/Properties/launchSettings.json", """
            { "profiles": { "http": { "commandName": "Project", "applicationUrl": "http://localhost:5111", "environmentVariables": { "A": "B" } } } }
            """);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <remarks>To accept a change, delete the snapshot, run the test, and read the difference before committing it.</remarks>
    [Fact]
    public async Task The_manifest_of_the_shop_is_what_it_was()
    {
        var manifest = await File.ReadAllTextAsync(await PublishAsync(ShopModel.Add), Cancelled);

        var snapshot = SnapshotPath();
        if (!File.Exists(snapshot))
        {
            await File.WriteAllTextAsync(snapshot, manifest, Cancelled);
            Assert.Fail($"There was no snapshot; {snapshot} has been written.");
        }

        Assert.Equal(await File.ReadAllTextAsync(snapshot, Cancelled), manifest);
    }

    [Fact]
    public async Task Publishing_twice_gives_the_same_bytes()
    {
        var first = await File.ReadAllBytesAsync(await PublishAsync(ShopModel.Add), Cancelled);

        Assert.Equal(first, await File.ReadAllBytesAsync(await PublishAsync(ShopModel.Add), Cancelled));
        Assert.DoesNotContain((byte)'\r', first);
    }

    [Fact]
    public async Task A_folder_is_given_the_usual_file_name()
    {
        await PublishAsync(_ => { }, output: _folder.FullName);

        Assert.True(File.Exists(Path.Combine(_folder.FullName, "aspire-manifest.json")));
    }

    [Fact]
    public async Task An_error_leaves_the_manifest_that_was_there_and_nothing_else()
    {
        var path = await PublishAsync(_ => { });
        var before = await File.ReadAllTextAsync(path, Cancelled);
        var folder = Path.GetDirectoryName(path)!;

        await Assert.ThrowsAnyAsync<Exception>(() => PublishAsync(builder =>
        {
            builder.AddContainer("good", "image");
            builder.AddContainer("bad", "image").WithEnvironment(_ => throw new InvalidOperationException("no such thing"));
        }));

        Assert.Equal(before, await File.ReadAllTextAsync(path, Cancelled));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_secret_never_reaches_the_manifest()
    {
        var path = await PublishAsync(
            builder =>
                builder.AddContainer("server", "image").WithEnvironment("KEY", builder.AddParameter("key", "hunter2", secret: true)));

        Assert.DoesNotContain("hunter2", await File.ReadAllTextAsync(path, Cancelled));
    }

    private async Task<string> PublishAsync(Action<IDistributedApplicationBuilder> model, string? output = null)
    {
        var path = output ?? Path.Combine(_folder.FullName, "out", "manifest.json");
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--publisher", "manifest", "--output-path", path],
            ProjectDirectory = Path.Combine(_folder.FullName, "Shop.AppHost"),
        });

        model(builder);
        await builder.Build().RunAsync(Cancelled);
        return path;
    }

    private void Write(string path, string content)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, content);
    }

    private static string SnapshotPath([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "shop-manifest.json");
}
