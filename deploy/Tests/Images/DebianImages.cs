namespace ShopFlow.Export.Tests.Images;

/// <summary>Images made of Debian's packages, for a machine that reaches no registry: what the services begin with, and the servers under
/// the names that the model has for them. What is in each is in <c>Debian/</c>.</summary>
internal static class DebianImages
{
    private const string Suite = "trixie";

    public static async Task MakeAsync(ContainerEngine engine, string folder)
    {
        var root = Path.Combine(folder, "root");
        await engine.RunAsync("debootstrap", ["--variant=minbase", Suite, root]);
        await engine.RunAsync("tar", ["--create", "--file", $"{root}.tar", "--directory", root, "."]);
        await engine.DockerAsync("import", $"{root}.tar", "shopflow-test/debian");

        await BuildAsync(engine, "aspnet", engine.BaseImage, CopyRuntime);
        await engine.DockerAsync("push", engine.BaseImage);
        foreach (var image in (await ModelInContainers.ModelAsync()).Servers.Select(server => server.Image).Distinct())
            await BuildAsync(engine, image.Split('/')[^1].Split(':')[0], image);

        async Task BuildAsync(ContainerEngine engine, string name, string image, Func<string, Task>? complete = null)
        {
            var context = Path.Combine(folder, name);
            await engine.RunAsync("cp", ["--recursive", Repository.Path($"deploy/Tests/Images/Debian/{name}"), context]);
            if (complete is not null)
                await complete(context);
            await engine.DockerAsync("build", "--quiet", "--network", "host", "--tag", image, context);
        }

        // The runtime that these tests run on, without the SDK.
        async Task CopyRuntime(string context)
        {
            var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            var (version, installed) = (Path.GetFileName(framework), Path.GetFullPath(Path.Combine(framework, "../../..")));
            foreach (var part in new[] { "dotnet", $"host/fxr/{version}", $"shared/Microsoft.NETCore.App/{version}", $"shared/Microsoft.AspNetCore.App/{version}" })
            {
                var target = Path.Combine(context, "dotnet", part);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                await engine.RunAsync("cp", ["--recursive", Path.Combine(installed, part), target]);
            }
        }
    }
}
