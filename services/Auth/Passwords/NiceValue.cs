using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ShopFlow.Auth.Passwords;

/// <summary>The scheduler's weight of a thread. Thread.Priority does nothing on Linux, where each thread has a nice value of its own.</summary>
internal static partial class NiceValue
{
    private const int Process = 0;
    private const int CallingThread = 0;

    /// <summary>Sets the nice value of the calling thread: 0 is normal, 19 gives way to everything else. Other systems than Linux ignore it.</summary>
    /// <exception cref="Win32Exception">The system refused.</exception>
    public static void Set(int value)
    {
        if (OperatingSystem.IsLinux() && SetPriority(Process, CallingThread, value) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>setpriority(2). Against POSIX, Linux takes a thread where the call says process.</summary>
    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int who, int value);
}
