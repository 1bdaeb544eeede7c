using System.CommandLine;
using System.Diagnostics;
using ShopFlow.Cli.Export;
using ShopFlow.Cli.Images;
using ShopFlow.Cli.Setup;
using ShopFlow.Export;
using Spectre.Console;

namespace ShopFlow.Cli.Commands;

internal static class ImagesCommand
{
    public static Command Create(Checkout checkout)
    {
        var push = new Option<bool>("--push") { Description = "Send the images to the registry, as whom 'docker login' knows. Else the local engine gets them." };
        var tar = new Option<DirectoryInfo?>("--tar") { Description = "Write a file for each image into this folder, for 'docker load'. Needs no engine.", HelpName = "DIR" };
        var registry = new Option<string?>("--registry") { Description = "Where the cluster takes them from, instead of what deploy/environments/common.yaml says.", HelpName = "HOST/PATH" };
        var version = new Option<string?>("--version") { Description = "Their tag, instead of what common.yaml says.", HelpName = "TAG" };
        var baseImage = new Option<string?>("--base-image") { Description = "What they begin with: an image in a registry, with .NET's ASP.NET runtime. Microsoft's without a shell, unless it is given.", HelpName = "IMAGE" };
        var service = new Option<string[]>("--service") { Description = "Only these services.", AllowMultipleArgumentsPerToken = true, HelpName = "NAME" };
        var command = new Command("images", "Make an image of every service, with a bill of materials, under the names that deploy/kubernetes expects.")
        {
            push, tar, registry, version, baseImage, service,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(push) && result.GetValue(tar) is not null)
                result.AddError("--push and --tar exclude each other.");
        });

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var services = Chosen(ServiceProject.Find(checkout), parsed.GetValue(service) ?? []);
            var settings = await ExportSettings.ReadAsync(checkout, cancellationToken);
            var (where, tag) = ExportSettings.OrSayWhy(() => Exporter.Images(settings, parsed.GetValue(registry), parsed.GetValue(version)));
            var target = await TargetAsync(where, parsed.GetValue(push), parsed.GetValue(tar), cancellationToken);

            using var only = RefuseSecond(checkout);
            await new AspireFeed(checkout).EnsureAsync(cancellationToken);
            var build = new ImageBuild(checkout, target, tag, parsed.GetValue(baseImage));
            var basis = await build.BaseImageAsync(services[0], cancellationToken);
            await RegistryProbe.EnsureAnswersAsync(basis, $"{basis} is in it, which the images begin with; --base-image names another.", cancellationToken);

            Say.Step($"Publishing {services.Count} services");
            var clock = Stopwatch.StartNew();
            await build.PublishAsync(services, cancellationToken);
            Say.Line($"  published in {clock.Elapsed.TotalSeconds:0} s");

            Say.Step($"Making images on {basis}");
            if (await build.MarkRevisionAsync(cancellationToken))
                Say.Warning("Something here is not committed: the label of the revision ends in -dirty.");
            var images = new List<BuiltImage>();
            foreach (var made in services)
                images.Add(await MakeAsync(build, made, basis, cancellationToken));
            Print(images);
            Say.Good($"Tagged {tag} {target.Where}; the bills of materials are in {build.Bills}.");
            return 0;
        });
        return command;
    }

    // Two would write the same files.
    private static FileStream RefuseSecond(Checkout checkout)
    {
        Directory.CreateDirectory(checkout.State);
        try
        {
            return new FileStream(Path.Combine(checkout.State, "images.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new CommandFailedException("Another ./shopflow images runs in this checkout. Wait for it.");
        }
    }

    private static List<ServiceProject> Chosen(IReadOnlyList<ServiceProject> all, IReadOnlyList<string> names) =>
        names.FirstOrDefault(name => all.All(service => service.Name != name)) is { } unknown
            ? throw new CommandFailedException($"There is no service {unknown}. There are: {string.Join(", ", all.Select(service => service.Name))}.")
            : [.. all.Where(service => names.Count == 0 || names.Contains(service.Name))];

    private static async Task<ImageTarget> TargetAsync(string registry, bool push, DirectoryInfo? tar, CancellationToken cancellationToken)
    {
        if (tar is not null)
            return new ImageTarget.Archives(registry, tar.FullName);
        if (push)
        {
            await RegistryProbe.EnsureAnswersAsync(registry, "--registry names another; --tar DIR needs none.", cancellationToken);
            return new ImageTarget.Push(registry);
        }

        return await Machine.ContainerEngineAsync(cancellationToken) is { } client
            ? new ImageTarget.Engine(registry, client)
            : throw new CommandFailedException("No container engine answers that could take the images. Start Docker or Podman, or use --push or --tar DIR.");
    }

    private static async Task<BuiltImage> MakeAsync(ImageBuild build, ServiceProject service, string basis, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await build.WriteBillAsync(service, basis, cancellationToken);
        var image = await build.MakeAsync(service, cancellationToken);
        Say.Line($"  {clock.Elapsed.TotalSeconds,5:0.0} s  {service.Name,-18} {image.Digest}");
        return image;
    }

    private static void Print(IEnumerable<BuiltImage> images)
    {
        const double Megabyte = 1_000_000;
        var table = new Table().AddColumns("Image", "Own layer", "All layers, compressed");
        foreach (var image in images)
            table.AddRow(Markup.Escape(image.Name), $"{image.Own / Megabyte:0.0} MB", $"{image.Total / Megabyte:0.0} MB");
        AnsiConsole.Write(table);
    }
}
