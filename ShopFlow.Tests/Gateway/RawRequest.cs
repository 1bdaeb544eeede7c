using System.Net.Sockets;
using System.Text;

namespace ShopFlow.Tests.Gateway;

/// <summary>Sends bytes as they are, which no HTTP client would: it mends paths and headers on the way.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The status, and all that came with it until the server closed the connection.</summary>
    public static async Task<(int Status, string Text)> SendAsync(Uri server, string request)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, limit.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);

        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, limit.Token);
        var text = Encoding.UTF8.GetString(answer.ToArray());
        return (text.Length == 0 ? 0 : int.Parse(text.Split(' ')[1]), text);
    }

    public static Task<(int Status, string Text)> GetAsync(Uri server, string target, params string[] headers) =>
        SendAsync(server, $"GET {target} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}\r\n");
}
