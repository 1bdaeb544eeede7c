namespace ShopFlow.AppHost.Local;

/// <summary>A text file that is set aside as <c>name.1.log</c> when it reaches 4 MB, so that a log takes 8 MB at most.</summary>
internal sealed class RotatingLog(string path) : IDisposable
{
    private const long LargestBytes = 4 * 1024 * 1024;

    private StreamWriter _writer = Open(path);

    public void Write(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            _writer.WriteLine(line);
        _writer.Flush();

        if (_writer.BaseStream.Length >= LargestBytes)
            Rotate();
    }

    public void Dispose() => _writer.Dispose();

    private void Rotate()
    {
        _writer.Dispose();
        File.Move(path, Path.ChangeExtension(path, ".1.log"), overwrite: true);
        _writer = Open(path);
    }

    private static StreamWriter Open(string path) => new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite));
}
