using System.ComponentModel;
using System.Diagnostics;

namespace ShopFlow.Cli;

/// <summary>How a tool ended, and what it wrote to both streams, in order of arrival.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Standard)
{
    public bool Succeeded => ExitCode == 0;

    public IEnumerable<string> LastLines(int count) => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(count);
}

/// <summary>Runs other programs: always with a time limit, never through a shell.</summary>
internal static class Tool
{
    private static readonly bool s_isWindows = OperatingSystem.IsWindows();

    /// <summary>The dotnet that runs this program; the first on the path where the program has a start file of its own.</summary>
    public static string Dotnet => Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet" ? Environment.ProcessPath! : "dotnet";

    public static bool Exists(string program) => Find(program) is not null;

    public static string? Find(string program)
    {
        var name = s_isWindows ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <exception cref="CommandFailedException">The program is not installed, or did not end in time; then it was killed.</exception>
    public static async Task<ToolResult> RunAsync(ProcessStartInfo start, TimeSpan limit, CancellationToken cancellationToken, Action<string>? onLine = null)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var (all, standard) = (new List<string>(), new List<string>());
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Keep(e.Data, isStandard: true);
        process.ErrorDataReceived += (_, e) => Keep(e.Data, isStandard: false);

        Start(process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WaitAsync(process, limit, cancellationToken);
        return new ToolResult(process.ExitCode, string.Join('\n', all), string.Join('\n', standard));

        void Keep(string? line, bool isStandard)
        {
            if (line is null)
                return;

            lock (all)
            {
                all.Add(line);
                if (isStandard)
                    standard.Add(line);
            }
            onLine?.Invoke(line);
        }
    }

    public static Task<ToolResult> RunAsync(string program, IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellationToken) =>
        RunAsync(new ProcessStartInfo(program, arguments), limit, cancellationToken);

    private static void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new CommandFailedException($"{process.StartInfo.FileName} cannot be started: {e.Message}.");
        }
    }

    private static async Task WaitAsync(Process process, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw new CommandFailedException($"{Path.GetFileName(process.StartInfo.FileName)} did not end within {limit.TotalSeconds:0} seconds.");
        }
    }
}
