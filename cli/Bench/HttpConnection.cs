using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ShopFlow.Cli.Bench;

/// <summary>
/// One kept-alive HTTP/1.1 connection, one request at a time. The driver shares the cores with what it measures; HttpClient costs
/// several times as much a request.
/// </summary>
internal sealed class HttpConnection(Uri address, TimeSpan limit) : IDisposable
{
    private CancellationTokenSource _limit = new();
    private Socket? _socket;
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <returns>Good until the next request.</returns>
    /// <exception cref="IOException">The server closed the connection, did not answer in time, or answered what is no HTTP.</exception>
    public async Task<HttpAnswer> SendAsync(string method, string path, string? json = null, string headers = "")
    {
        try
        {
            var socket = await ConnectAsync();
            var body = json is null ? "" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n";
            await socket.SendAsync(
                Encoding.UTF8.GetBytes($"{method} {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{headers}{body}\r\n{json}"), SocketFlags.None, Limit());
            var answer = await ReadAsync();
            // The limit is a request's, not that of the pause after it.
            _limit.CancelAfter(Timeout.InfiniteTimeSpan);
            return answer;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or FormatException or IOException)
        {
            Close();
            throw new IOException(e is OperationCanceledException ? "timeout" : e is SocketException broken ? broken.SocketErrorCode.ToString() : e.Message, e);
        }
    }

    public void Dispose()
    {
        Close();
        _limit.Dispose();
    }

    private CancellationToken Limit()
    {
        _limit.CancelAfter(limit);
        return _limit.Token;
    }

    private async Task<Socket> ConnectAsync()
    {
        if (_socket is { } open)
            return open;

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, Limit());
        (_start, _end) = (0, 0);
        return _socket = socket;
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
        if (_limit.TryReset())
            return;
        _limit.Dispose();
        _limit = new();
    }

    private async Task<HttpAnswer> ReadAsync()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
            await ReceiveAsync();

        var head = Encoding.Latin1.GetString(_buffer, _start, length + 2);
        _start += length + 4;
        var answer = new HttpAnswer(int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head, default);
        if (answer.Status is 204 or 304)
            return answer;

        var body = answer.Header("Transfer-Encoding") is not null
            ? await ReadChunksAsync()
            : await TakeAsync(int.Parse(answer.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture));
        if (answer.Header("Connection") is "close")
            Close();
        return answer with { Body = body };
    }

    private async Task<byte[]> ReadChunksAsync()
    {
        var body = new MemoryStream();
        while (true)
        {
            int length;
            while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0)
                await ReceiveAsync();

            var size = int.Parse(Encoding.Latin1.GetString(_buffer, _start, length).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            _start += length + 2;
            var chunk = await TakeAsync(size + 2);
            if (size == 0)
                return body.ToArray();
            body.Write(chunk.Span[..size]);
        }
    }

    /// <returns>A part of the buffer: good until the next call.</returns>
    private async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int count)
    {
        while (_end - _start < count)
            await ReceiveAsync();

        var taken = _buffer.AsMemory(_start, count);
        _start += count;
        return taken;
    }

    private async Task ReceiveAsync()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);

        var received = await _socket!.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, Limit());
        if (received == 0)
            throw new IOException("closed");
        _end += received;
    }
}
