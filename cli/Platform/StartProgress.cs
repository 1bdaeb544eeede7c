using System.Diagnostics;

namespace ShopFlow.Cli.Platform;

/// <summary>Follows a start: one line per change of a resource, until all are ready or one has failed.</summary>
internal sealed class StartProgress(Checkout checkout)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<string, string> _shown = [];

    public async Task<RunStatus> WaitAsync(AppHostProcess host, TimeSpan limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (host.HasExited)
                throw Ended();

            if (RunStatus.Read(checkout) is { Resources.Count: > 0 } status)
            {
                Show(status);
                // A database shares the fate of its server, but the server is the one with an exit code and a log.
                if (status.Resources.Where(resource => resource.HasFailed).OrderBy(resource => resource.ExitCode is null).FirstOrDefault() is { } failed)
                    throw Failed(failed, $"{failed.Name} {Outcome(failed)}");
                if (status.Resources.All(resource => resource.IsReady) && status.Gateway is not null)
                    return status;
                if (_clock.Elapsed > limit)
                    throw Late(status, limit);
            }
            else if (_clock.Elapsed > limit)
            {
                throw new CommandFailedException($"The AppHost said nothing for {limit.TotalSeconds:0} s. Its output is in {checkout.AppHostLog}.");
            }

            await Task.Delay(s_poll, cancellationToken);
        }
    }

    private void Show(RunStatus status)
    {
        foreach (var resource in status.Resources)
        {
            // Parameters have nothing to start; a database has no state before its server is ready.
            if (resource is { Type: "Parameter" } or { State: null } || _shown.GetValueOrDefault(resource.Id) == resource.Text)
                continue;

            _shown[resource.Id] = resource.Text;
            Say.Line($"  {_clock.Elapsed.TotalSeconds,5:0.0} s  {resource.Name,-18} {resource.Text}");
        }
    }

    private CommandFailedException Late(RunStatus status, TimeSpan limit)
    {
        // What waits for another resource is a consequence; name a cause where there is one.
        var late = status.Resources.Where(resource => !resource.IsReady).OrderBy(resource => resource.State == "Waiting").First();
        return Failed(late, $"{late.Name} was not healthy after {limit.TotalSeconds:0} s ({late.Text})");
    }

    private CommandFailedException Failed(ResourceStatus resource, string what)
    {
        var lines = ResourceLog.Tail(checkout, resource, 15).ToList();
        if (lines.Count > 0)
        {
            Say.Line($"  The last lines of {resource.Name}:");
            Say.Indented(lines);
        }

        return new CommandFailedException($"{what}. Everything is stopped. More: ./shopflow logs {resource.Name}");
    }

    private CommandFailedException Ended()
    {
        var lines = File.Exists(checkout.AppHostLog) ? File.ReadAllLines(checkout.AppHostLog) : [];
        const string Unhandled = "Unhandled exception. ";
        if (lines.FirstOrDefault(line => line.StartsWith(Unhandled, StringComparison.Ordinal)) is { } exception)
        {
            // "Unhandled exception. Some.Exception: the message"
            var message = exception[Unhandled.Length..];
            var colon = message.IndexOf(": ", StringComparison.Ordinal);
            return new CommandFailedException(colon < 0 ? message : message[(colon + 2)..]);
        }

        Say.Indented(lines.TakeLast(15));
        return new CommandFailedException($"The AppHost ended while starting; its last words are above, the rest is in {checkout.AppHostLog}.");
    }

    private static string Outcome(ResourceStatus resource) => resource.State switch
    {
        "FailedToStart" => "failed to start",
        "ValueMissing" => "has no value",
        "RuntimeUnhealthy" => "cannot run: the container engine does not answer",
        _ => $"ended at start with exit code {resource.ExitCode?.ToString() ?? "unknown"}",
    };
}
