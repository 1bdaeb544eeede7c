namespace ShopFlow.Tests.Native;

/// <summary>A folder for one test, with a space in its name. PostgreSQL runs as a user of its own when the tests run as root, so
/// others may pass through.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OnlyMe = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly DirectoryInfo _folder;

    public DataFolder(bool isOpen = true)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Servers run without containers on Linux and macOS only.");
        _folder = Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"shopflow native {Guid.NewGuid():N}"));
        if (!OperatingSystem.IsWindows())
            _folder.UnixFileMode = isOpen ? OnlyMe | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : OnlyMe;
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "server");

    public void Dispose()
    {
        if (new DirectoryInfo(Path).ResolveLinkTarget(returnFinalTarget: true) is DirectoryInfo { Exists: true } elsewhere)
            elsewhere.Delete(recursive: true);
        _folder.Delete(recursive: true);
    }
}
