using System.Text.Json;
using System.Threading.Channels;

namespace ShopFlow.PaymentSandbox.Ledger;

/// <summary>
/// The ledger as a file of JSON lines that only grows. An append returns when its lines are on the disk; what arrives while the
/// disk is busy shares the next flush.
/// </summary>
internal sealed class LedgerFile : IAsyncDisposable
{
    private readonly Channel<Append> _appends = Channel.CreateBounded<Append>(new BoundedChannelOptions(10_000) { SingleReader = true });
    private readonly FileStream _file;
    private readonly Task _writer;

    private sealed record Append(byte[] Lines, TaskCompletionSource Done);

    private LedgerFile(FileStream file)
    {
        _file = file;
        _writer = Task.Run(WriteAsync);
    }

    /// <summary>Opens or creates the ledger in a folder, and reads what it holds.</summary>
    /// <exception cref="InvalidDataException">A line that is not the last one cannot be read.</exception>
    public static (LedgerFile Ledger, List<LedgerEntry> Entries) Open(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "ledger.jsonl");
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            return (new LedgerFile(file), ReadEntries(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <exception cref="IOException">The lines may or may not be on the disk. From then on nothing more is written until a restart reads what is there.</exception>
    public async Task AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        foreach (var entry in entries)
        {
            JsonSerializer.Serialize(lines, entry, LedgerJsonContext.Default.LedgerEntry);
            lines.WriteByte((byte)'\n');
        }

        var append = new Append(lines.ToArray(), new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _appends.Writer.WriteAsync(append, cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw new IOException("The ledger is closed.", e);
        }

        await append.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _appends.Writer.TryComplete();
        await _writer;
        await _file.DisposeAsync();
    }

    // A crash may leave half a line at the end. Nobody was told that it was written, so it is cut off.
    private static List<LedgerEntry> ReadEntries(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var complete = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        file.SetLength(complete);
        file.Position = complete;

        var entries = new List<LedgerEntry>();
        var rest = bytes.AsSpan(0, complete);
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            entries.Add(ReadEntry(rest[..end], entries.Count + 1));
            rest = rest[(end + 1)..];
        }

        return entries;
    }

    private static LedgerEntry ReadEntry(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, LedgerJsonContext.Default.LedgerEntry)
                ?? throw new InvalidDataException($"Line {number} of the ledger is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Line {number} of the ledger cannot be read: {e.Message}", e);
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<Append>();
        while (await _appends.Reader.WaitToReadAsync())
        {
            while (batch.Count < 500 && _appends.Reader.TryRead(out var append))
                batch.Add(append);

            try
            {
                Write(batch);
                batch.ForEach(append => append.Done.SetResult());
                batch.Clear();
            }
            catch (IOException e)
            {
                FailAll(batch, e);
                return;
            }
        }
    }

    private void Write(List<Append> batch)
    {
        foreach (var append in batch)
            _file.Write(append.Lines);
        _file.Flush(flushToDisk: true);
    }

    private void FailAll(List<Append> batch, IOException cause)
    {
        _appends.Writer.TryComplete(cause);
        while (_appends.Reader.TryRead(out var append))
            batch.Add(append);
        batch.ForEach(append => append.Done.SetException(cause));
    }
}
