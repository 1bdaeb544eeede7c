using System.Runtime.CompilerServices;

namespace Aspire.StandIn.Tests.Run;

/// <summary>A test that starts processes: it needs the orchestrator, the shell and Python, and is skipped where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RunModeFactAttribute : FactAttribute
{
    public RunModeFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Timeout = (int)TimeSpan.FromMinutes(2).TotalMilliseconds;
        if (Missing() is { } what)
        {
            Skip = $"{what} is not on this machine.";
        }
    }

    /// <summary>For what the stand-in does better, or says in other words, than the real packages.</summary>
    public bool OnlyStandIn
    {
        get;
        init
        {
            field = value;
            if (value && IsRealAspire)
            {
                Skip = "The real packages do this in another way.";
            }
        }
    }

    private static bool IsRealAspire => typeof(DistributedApplication).Assembly.GetName().Version is { Major: >= 13 };

    private static string? Missing() =>
        OperatingSystem.IsWindows() ? "A POSIX shell"
        : !File.Exists(Bundle.Orchestrator) ? $"The orchestrator ({Bundle.Orchestrator}; ./shopflow setup fetches it)"
        : !IsOnPath("python3") ? "python3"
        : null;

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
