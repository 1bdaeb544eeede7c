using System.Diagnostics;
using System.Globalization;

namespace ShopFlow.Cli.Platform;

/// <summary>The process that hosts the model and, through it, everything else.</summary>
internal sealed class AppHostProcess
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);

    private AppHostProcess(int pid) => Pid = pid;

    public int Pid { get; }

    public bool HasExited => !IsAlive(Pid);

    /// <summary>The one of this checkout, also while it is still starting or stopping.</summary>
    public static AppHostProcess? Find(Checkout checkout)
    {
        if (RunStatus.Read(checkout) is { } status)
            return new AppHostProcess(status.Pid);

        return File.Exists(checkout.AppHostPid)
            && int.TryParse(File.ReadAllText(checkout.AppHostPid), CultureInfo.InvariantCulture, out var pid)
            && IsAlive(pid)
                ? new AppHostProcess(pid)
                : null;
    }

    /// <summary>Starts the built AppHost in a session of its own, so that Ctrl-C reaches it only through this command, with its output in a file.</summary>
    public static AppHostProcess Start(Checkout checkout, IReadOnlyDictionary<string, string> environment)
    {
        Directory.CreateDirectory(checkout.Run);
        File.Delete(checkout.StatusFile);

        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd", ["/c", Tool.Dotnet, checkout.AppHostAssembly, ">", checkout.AppHostLog, "2>&1"])
            : new ProcessStartInfo("sh", ["-c", Script, "apphost", checkout.AppHostLog, Tool.Dotnet, checkout.AppHostAssembly]);
        start.WorkingDirectory = Path.GetDirectoryName(checkout.AppHostProject)!;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var pid = Process.Start(start)!.Id;
        File.WriteAllText(checkout.AppHostPid, pid.ToString(CultureInfo.InvariantCulture));
        return new AppHostProcess(pid);
    }

    // setsid makes its caller the leader in place when it is no leader yet, so the process id stays the same.
    private const string Script =
        """
        log=$1; shift
        exec >"$log" 2>&1 </dev/null
        if command -v setsid >/dev/null; then exec setsid "$@"; fi
        exec "$@"
        """;

    /// <param name="pid">Another process may have it by now.</param>
    /// <param name="program">What the process has in its command line if it is the one.</param>
    public static bool IsAlive(int pid, string program = "ShopFlow.AppHost")
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited && (!OperatingSystem.IsLinux() || Runs(pid, program));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Asks it to stop everything, and kills it when it takes longer than the limit.</summary>
    /// <returns>Whether it stopped by itself.</returns>
    public async Task<bool> StopAsync(TimeSpan limit)
    {
        if (OperatingSystem.IsWindows())
        {
            using var process = Process.GetProcessById(Pid);
            process.Kill(entireProcessTree: true);
            return true;
        }

        Signals.Send(Pid, Signals.Terminate);
        if (await ExitsWithinAsync(limit))
            return true;

        Signals.Send(Pid, Signals.Kill);
        await ExitsWithinAsync(TimeSpan.FromSeconds(5));
        return false;
    }

    public void Kill() => Signals.Send(Pid, Signals.Kill);

    private async Task<bool> ExitsWithinAsync(TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (!HasExited)
        {
            if (clock.Elapsed > limit)
                return false;
            await Task.Delay(s_poll);
        }

        return true;
    }

    // Only Linux shows this without another program; elsewhere a living process id has to do. A process that is just becoming the program
    // (execve) has no command line for a moment, and neither has a dead one that nobody has asked for its exit code yet.
    private static bool Runs(int pid, string program) => string.Concat(Processes.Lines($"/proc/{pid}/cmdline")) is { Length: > 0 } line
        ? line.Contains(program, StringComparison.Ordinal)
        : Processes.StateOf(pid) is not (null or 'Z' or 'X');
}
