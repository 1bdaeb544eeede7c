using System.Net;
using System.Net.Sockets;
using System.Text;
using ShopFlow.Cli.Bench;

namespace ShopFlow.Tests.Bench;

/// <summary>Against a server that sends just the bytes it was told, piece by piece.</summary>
public sealed class HttpConnectionTests : IDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    // One that nobody holds is collected, and its connection reset.
    private readonly List<Socket> _accepted = [];

    public HttpConnectionTests() => _server.Start();

    public void Dispose()
    {
        _accepted.ForEach(socket => socket.Dispose());
        _server.Dispose();
    }

    [Fact]
    public async Task A_body_of_known_length_comes_whole_though_it_is_split_anywhere()
    {
        var serving = ServeAsync("HTTP/1.1 201 Created\r\nContent-", "Length: 11\r\nX-Id: 7\r\n\r", "\n{\"a\": ", "true}");
        using var client = Client();

        var answer = await client.SendAsync("POST", "/orders", """{"b": 1}""", "Key: k\r\n");

        Assert.Equal((201, "7", true), (answer.Status, answer.Header("x-id"), answer.Json.GetProperty("a").GetBoolean()));
        Assert.EndsWith("Key: k\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"b\": 1}", (await serving)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunks_are_put_together_and_the_connection_is_used_again()
    {
        var chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n";
        var serving = ServeAsync(chunked, "|", "HTTP/1.1 204 No Content\r\n\r\n");
        using var client = Client();

        Assert.Equal("hello world", Encoding.ASCII.GetString((await client.SendAsync("GET", "/")).Body.Span));
        Assert.Equal(204, (await client.SendAsync("DELETE", "/cart")).Status);
        Assert.Equal(2, (await serving).Count);
    }

    [Fact]
    public async Task A_server_that_closes_or_is_silent_is_an_error_and_not_a_hang()
    {
        using var patient = Client();
        var closing = ServeAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "!");
        Assert.Equal("closed", (await Assert.ThrowsAsync<IOException>(() => patient.SendAsync("GET", "/"))).Message);
        await closing;

        using var hasty = Client(TimeSpan.FromMilliseconds(300));
        var silent = ServeAsync();
        Assert.Equal("timeout", (await Assert.ThrowsAsync<IOException>(() => hasty.SendAsync("GET", "/"))).Message);
        await silent;
    }

    [Fact]
    public async Task After_a_timeout_the_next_request_goes_over_a_new_connection()
    {
        using var client = Client(TimeSpan.FromMilliseconds(300));
        var silent = ServeAsync();
        await Assert.ThrowsAsync<IOException>(() => client.SendAsync("GET", "/"));
        await silent;

        var serving = ServeAsync("HTTP/1.1 204 No Content\r\n\r\n");

        Assert.Equal(204, (await client.SendAsync("GET", "/")).Status);
        await serving;
    }

    private HttpConnection Client(TimeSpan? limit = null) =>
        new(new($"http://127.0.0.1:{((IPEndPoint)_server.LocalEndpoint).Port}"), limit ?? TimeSpan.FromSeconds(10));

    /// <summary>"|" waits for another request, "!" closes the connection.</summary>
    private async Task<List<string>> ServeAsync(params string[] pieces)
    {
        var socket = await _server.AcceptSocketAsync();
        _accepted.Add(socket);
        var requests = new List<string> { await ReadAsync(socket) };
        foreach (var piece in pieces)
        {
            if (piece == "|")
                requests.Add(await ReadAsync(socket));
            else if (piece == "!")
                socket.Dispose();
            else
                await socket.SendAsync(Encoding.ASCII.GetBytes(piece));
        }

        return requests;
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
    }
}
