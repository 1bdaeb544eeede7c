using System.Text;

namespace ShopFlow.Catalog.Bulk;

/// <summary>
/// Cuts a stream of UTF-8 into records, one in memory at a time. A record ends with a line; when <paramref name="quoted"/>, lines
/// inside quotation marks don't end it (RFC 4180).
/// </summary>
internal sealed class RecordReader(Stream stream, bool quoted)
{
    public const int LongestRecord = 64 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _buffer = new byte[2 * LongestRecord];
    private int _start;
    private int _end;
    private int _line = 1;
    private bool _hasBegun;

    /// <summary>Null at the end of the stream. Empty lines are left out.</summary>
    public async ValueTask<FileRecord?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun)
            await BeginAsync(cancellationToken);

        var isInQuotes = false;
        var mayOpen = true;
        var lines = 0;

        for (var position = _start; ; position++)
        {
            if (position == _end)
            {
                if (_end - _start >= LongestRecord)
                    return await SkipAsync(cancellationToken);

                position -= _start;
                if (!await FillAsync(cancellationToken))
                    return _start == _end ? null : Take(_end, 0, isInQuotes ? "has a quotation mark that is never closed" : null);
            }

            // A quotation mark opens a field at its beginning, or goes on with it right after closing it. Elsewhere it is an error,
            // but no reason to take the next lines for a part of this one.
            var character = _buffer[position];
            var isMark = quoted && character == '"' && (isInQuotes || mayOpen);
            isInQuotes ^= isMark;
            mayOpen = isMark || character == ',';

            if (character != '\n')
                continue;

            lines++;
            if (isInQuotes)
                continue;

            if (position == _start || (position == _start + 1 && _buffer[_start] == '\r'))
            {
                _start = position + 1;
                _line += lines;
                (lines, mayOpen) = (0, true);
                continue;
            }

            return Take(position, lines, null);
        }
    }

    /// <summary>Over the byte order mark that some programs write.</summary>
    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        while (_end < Encoding.UTF8.Preamble.Length && await FillAsync(cancellationToken))
        {
        }

        if (_buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble))
            _start = Encoding.UTF8.Preamble.Length;
    }

    private FileRecord Take(int end, int lines, string? error)
    {
        var bytes = _buffer.AsSpan(_start, end - _start);
        var line = _line;
        _start = Math.Min(end + 1, _end);
        _line += lines;

        try
        {
            return new(line, StrictUtf8.GetString(bytes.TrimEnd((byte)'\r')), error);
        }
        catch (DecoderFallbackException)
        {
            return new(line, "", error ?? "is not valid UTF-8");
        }
    }

    /// <summary>Goes on after the line that the record, which is too long, has reached by now.</summary>
    private async ValueTask<FileRecord?> SkipAsync(CancellationToken cancellationToken)
    {
        var line = _line;
        var isLineEnd = _buffer[_end - 1] == '\n';
        _line += _buffer.AsSpan(_start, _end - _start).Count((byte)'\n');
        _start = _end;

        while (!isLineEnd && await FillAsync(cancellationToken))
        {
            var next = _buffer.AsSpan(0, _end).IndexOf((byte)'\n');
            isLineEnd = next >= 0;
            _start = isLineEnd ? next + 1 : _end;
            _line += isLineEnd ? 1 : 0;
        }

        return new(line, "", $"is longer than {LongestRecord / 1024} KiB; perhaps a quotation mark is never closed");
    }

    /// <summary>Moves what is left to the front and reads more behind it; false at the end of the stream.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);

        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        return count > 0;
    }
}
