using System.CommandLine;
using System.Text.Json.Nodes;
using ShopFlow.Cli.OpenApi;
using ShopFlow.Cli.Platform;

namespace ShopFlow.Cli.Commands;

internal static class OpenApiCommand
{
    public static Command Create(Checkout checkout)
    {
        var check = new Option<bool>("--check") { Description = "Write nothing; exit code 1 when the file is not what the platform says." };
        var breaking = new Option<bool>("--allow-breaking") { Description = "Write changes too that break clients." };
        var lint = new Option<bool>("--lint") { Description = "Check the file with @redocly/cli, which npx fetches." };
        var command = new Command("openapi", "Write the API of the running platform to docs/openapi.json, and tell what changed for its clients.")
        {
            check, breaking, lint,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(lint))
                return await ApiLint.RunAsync(checkout, cancellationToken);

            using var gateway = RunningGateway.Connect(checkout);
            var now = await gateway.GetStringAsync("/openapi.json", cancellationToken);
            var before = File.Exists(checkout.ApiDocument) ? await File.ReadAllTextAsync(checkout.ApiDocument, cancellationToken) : null;
            var changes = before is null ? [] : ApiComparison.Compare(Parse(before), Parse(now));
            foreach (var change in changes)
                Console.WriteLine($"{(change.IsBreaking ? "breaks" : "adds  ")}  {change.What}");

            if (parsed.GetValue(check))
                return Check(before, now);
            if (changes.Any(change => change.IsBreaking) && !parsed.GetValue(breaking))
                throw new CommandFailedException("Clients would break. Nothing was written; --allow-breaking writes it all the same.");

            await File.WriteAllTextAsync(checkout.ApiDocument, now + "\n", cancellationToken);
            Say.Good($"{Path.GetRelativePath(checkout.Root, checkout.ApiDocument)} is written.");
            return 0;
        });
        return command;
    }

    private static int Check(string? before, string now)
    {
        if (before?.TrimEnd() == now)
        {
            Say.Good("docs/openapi.json is what the platform says.");
            return 0;
        }

        Say.Error("docs/openapi.json is not what the platform says. ./shopflow openapi writes it.");
        return 1;
    }

    private static JsonObject Parse(string document) => JsonNode.Parse(document)!.AsObject();
}
