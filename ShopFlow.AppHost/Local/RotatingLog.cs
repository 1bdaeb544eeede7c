namespace ShopFlow.AppHost.Local;

/// <summary>A text file, made with its first line and set aside as <c>name.log.1</c> when it reaches 4 MB: a log takes 8 MB at most.</summary>
internal sealed class RotatingLog(string path) : IDisposable
{
    private const long LargestBytes = 4 * 1024 * 1024;

    private StreamWriter? _writer;

    public void Write(IEnumerable<string> lines)
    {
        _writer ??= Open();
        foreach (var line in lines)
            _writer.WriteLine(line);
        _writer.Flush();

        if (_writer.BaseStream.Length >= LargestBytes)
            SetAside();
    }

    public void Dispose() => _writer?.Dispose();

    private void SetAside()
    {
        _writer?.Dispose();
        _writer = null;
        File.Move(path, path + ".1", overwrite: true);
    }

    private StreamWriter Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));
    }
}
