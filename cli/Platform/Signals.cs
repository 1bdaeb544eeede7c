using System.Runtime.InteropServices;

namespace ShopFlow.Cli.Platform;

internal static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;

    // As Linux numbers them; other systems differ.
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends a signal to a process; false when there is no such process, or it is another user's.</summary>
    public static bool Send(int pid, int signal) => kill(pid, signal) == 0;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);
}
