using System.CommandLine;
using System.Diagnostics;
using ShopFlow.Cli.Export;
using ShopFlow.Export;

namespace ShopFlow.Cli.Commands;

internal static class ExportCommand
{
    private const string All = "all";

    private static readonly string[] s_environments = ["dev", "staging", "production"];

    public static Command Create(Checkout checkout)
    {
        var environment = new Option<string>("--environment")
        {
            Description = "For which environment.", DefaultValueFactory = _ => All, HelpName = string.Join('|', [.. s_environments, All]),
        };
        environment.AcceptOnlyFromAmong([.. s_environments, All]);
        var version = new Option<string?>("--version") { Description = "The tag of the images, instead of the environment's.", HelpName = "TAG" };
        var registry = new Option<string?>("--registry") { Description = "Where the images are, instead of the environment's.", HelpName = "HOST/PATH" };
        var check = new Option<bool>("--check") { Description = "Write nothing; print what is stale in deploy/kubernetes and deploy/helm, with exit code 1." };
        var diff = new Option<string[]>("--diff")
        {
            Description = "Write nothing; print what differs between two environments.", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true,
            HelpName = "ENVIRONMENT ENVIRONMENT",
        };
        diff.AcceptOnlyFromAmong(s_environments);
        var graph = new Option<bool>("--graph") { Description = "Write who calls whom into docs instead, as SVG and as a Mermaid diagram." };
        var aspirate = new Option<FileInfo?>("--aspirate") { Description = "Write the manifest as aspirate 9.1 reads it instead, with the parameters of dev or of --environment.", HelpName = "FILE" };
        var compare = new Option<DirectoryInfo?>("--compare")
        {
            Description = "Write nothing; print what aspirate made otherwise in its folder, with exit code 1 unless all of that is known. Compares with dev or --environment.", HelpName = "FOLDER",
        };
        var manifest = new Option<FileInfo?>("--manifest") { Description = "Read this manifest instead of having the AppHost write it.", HelpName = "FILE" };
        var noBuild = new Option<bool>("--no-build") { Description = "Take the AppHost as it was built last." };

        var command = new Command("export", "Turn the model into deploy/kubernetes and the Helm chart in deploy/helm, for the environments in deploy/environments.")
        {
            environment, version, registry, check, diff, graph, aspirate, compare, manifest, noBuild,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var model = parsed.GetValue(manifest) is { } file
                ? await ReadAsync(file, cancellationToken)
                : await new ManifestRun(checkout).WriteAsync(!parsed.GetValue(noBuild), cancellationToken);
            if (parsed.GetValue(graph))
                return await WriteGraphAsync(checkout, model, cancellationToken);

            var single = parsed.GetValue(aspirate) is not null || parsed.GetValue(compare) is not null;
            var chosen = parsed.GetValue(environment) is var name && name != All ? [name!] : single ? s_environments[..1] : s_environments;
            var compared = parsed.GetValue(diff) ?? [];
            var input = new ExportInput(model, await ExportSettings.ReadAsync(checkout, cancellationToken), compared.Length > 0 ? compared : chosen)
            {
                Version = parsed.GetValue(version), Registry = parsed.GetValue(registry),
            };

            if (parsed.GetValue(aspirate) is { } target)
                return await WriteForAspirateAsync(input, parsed.GetValue(manifest)?.DirectoryName ?? ManifestRun.FolderIn(checkout), target, cancellationToken);

            var clock = Stopwatch.StartNew();
            // The chart has the values of all environments. It is made meanwhile; what is wrong with the input is wrong for both.
            var chart = chosen == s_environments && compared.Length == 0 ? Task.Run(() => Exporter.Chart(input), cancellationToken) : null;
            var exported = ExportSettings.OrSayWhy(() => Exporter.Export(input));
            if (compared.Length > 0)
                return Print(FileDifference.Between(Overlay(exported, compared[0]), Overlay(exported, compared[1])), whenAny: 0);

            if (parsed.GetValue(compare) is { } theirs)
                return await ExporterComparison.RunAsync(chosen.Single(), exported, theirs, cancellationToken);

            Output[] outputs =
            [
                new("deploy/kubernetes", new GeneratedFiles(checkout.Kubernetes, Exporter.Folders(chosen)), exported),
                .. chart is not null ? [new Output("deploy/helm/shopflow", new GeneratedFiles(checkout.Chart, [""]), await chart)] : Array.Empty<Output>(),
            ];
            if (parsed.GetValue(check))
                return Check(outputs);

            foreach (var output in outputs)
            {
                var (written, deleted) = output.Files.Write(output.Exported);
                Say.Good($"{output.Folder} has {output.Exported.Count} files for {string.Join(", ", chosen)}: {written} written, {deleted} deleted.");
            }

            Say.Good($"That took {clock.Elapsed.TotalSeconds:0.00} s.");
            return 0;
        });
        return command;
    }

    private static async Task<int> WriteGraphAsync(Checkout checkout, string manifest, CancellationToken cancellationToken)
    {
        foreach (var (name, text) in ExportSettings.OrSayWhy(() => Exporter.Graph(manifest)))
            await File.WriteAllTextAsync(Path.Combine(checkout.Docs, name), text, cancellationToken);
        Say.Good("docs has call-graph.md and call-graph.svg.");
        return 0;
    }

    private static async Task<int> WriteForAspirateAsync(ExportInput input, string folder, FileInfo target, CancellationToken cancellationToken)
    {
        target.Directory!.Create();
        await File.WriteAllTextAsync(target.FullName, ExportSettings.OrSayWhy(() => Exporter.ForAspirate(input, folder)), cancellationToken);
        Say.Good($"{target.Name} is written: aspirate generate --aspire-manifest {target.FullName}");
        return 0;
    }

    private static int Check(IEnumerable<Output> outputs)
    {
        var stale = outputs.Where(output => Print(FileDifference.Between(output.Files.Read(), output.Exported), whenAny: 1) > 0).Select(output => output.Folder).ToArray();
        if (stale.Length > 0)
            throw new CommandFailedException($"Stale: {string.Join(" and ", stale)}. Run ./shopflow export and commit what it writes.");

        Say.Good("What is committed is up to date.");
        return 0;
    }

    private static int Print(IEnumerable<string> lines, int whenAny)
    {
        var exitCode = 0;
        foreach (var line in lines)
        {
            Console.WriteLine(line);
            exitCode = whenAny;
        }

        return exitCode;
    }

    private static Dictionary<string, string> Overlay(IReadOnlyDictionary<string, string> files, string environment)
    {
        var folder = $"overlays/{environment}/";
        return files.Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal)).ToDictionary(file => file.Key[folder.Length..], file => file.Value);
    }

    private static async Task<string> ReadAsync(FileInfo file, CancellationToken cancellationToken) => file.Exists
        ? await File.ReadAllTextAsync(file.FullName, cancellationToken)
        : throw new CommandFailedException($"There is no file {file.FullName}.");

    private sealed record Output(string Folder, GeneratedFiles Files, IReadOnlyDictionary<string, string> Exported);
}
