using System.CommandLine;
using ShopFlow.Cli.Platform;

namespace ShopFlow.Cli.Commands;

internal static class LogsCommand
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(200);

    public static Command Create(Checkout checkout)
    {
        var name = new Argument<string>("NAME") { Description = "A resource of ./shopflow status, or apphost." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Keep printing what is added." };
        var tail = new Option<int>("--tail", "-n") { Description = "How many lines to begin with.", DefaultValueFactory = _ => 100, HelpName = "N" };
        var command = new Command("logs", "Print the log of a resource of the current or the last run.") { name, follow, tail };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var resource = parsed.GetValue(name)!;
            var files = ResourceLog.Files(checkout, resource);
            if (files.Count == 0)
                throw new CommandFailedException(Unknown(checkout, resource));

            foreach (var file in files)
            {
                // Replicas are told apart by the name of their instance.
                var prefix = files.Count > 1 ? Path.GetFileNameWithoutExtension(file) + "  " : "";
                foreach (var line in ResourceLog.Lines(file).TakeLast(parsed.GetValue(tail)))
                    Console.WriteLine(prefix + line);
            }

            if (parsed.GetValue(follow))
                await FollowAsync(files, cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task FollowAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var readers = files.Select(ResourceLog.Open).ToList();
        foreach (var reader in readers)
            reader.BaseStream.Seek(0, SeekOrigin.End);

        try
        {
            while (true)
            {
                foreach (var reader in readers)
                {
                    while (reader.ReadLine() is { } line)
                        Console.WriteLine(line);
                }

                await Task.Delay(s_poll, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how following ends.
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    private static string Unknown(Checkout checkout, string resource)
    {
        var names = ResourceLog.Names(checkout).ToList();
        return names.Count == 0
            ? "There are no logs: nothing ran from this checkout yet. Start it with ./shopflow up."
            : $"There is no log of '{resource}'. There are logs of: {string.Join(", ", names)}, apphost.";
    }
}
