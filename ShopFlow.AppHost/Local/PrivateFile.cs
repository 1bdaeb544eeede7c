namespace ShopFlow.AppHost.Local;

/// <summary>A file for this user only: there are secrets in it.</summary>
internal static class PrivateFile
{
    /// <summary>In one step, so that a reader never sees half of it.</summary>
    public static void Replace(string file, byte[] content)
    {
        var unfinished = $"{file}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(unfinished, options))
            stream.Write(content);

        File.Move(unfinished, file, overwrite: true);
    }
}
