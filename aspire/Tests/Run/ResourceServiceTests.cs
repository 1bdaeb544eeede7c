using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Aspire.StandIn.Tests.Run;

/// <summary>What the dashboard gets to see, asked for as the dashboard asks: gRPC over HTTP/2 without TLS.</summary>
public sealed class ResourceServiceTests : IDisposable
{
    private const string Key = "a-key-of-the-tests";

    private readonly int _port = FreePort();
    private readonly HttpClient _http = new()
    {
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = TimeSpan.FromSeconds(30),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [RunModeFact(OnlyStandIn = true)]
    public async Task The_first_message_holds_every_resource_with_masked_secrets_and_its_commands()
    {
        await using var running = await StartAsync();
        using var call = await CallAsync("WatchResources");

        var message = await ReadMessageAsync(await call.Content.ReadAsStreamAsync(Cancellation));
        var text = Encoding.UTF8.GetString(message);

        Assert.Contains("worker", text, StringComparison.Ordinal);
        Assert.Contains("restart", text, StringComparison.Ordinal);
        Assert.Contains("Poke it", text, StringComparison.Ordinal);
        Assert.Contains("secret-key", text, StringComparison.Ordinal);

        // Right behind the value comes field 4, is_sensitive: true.
        var secret = "top secret"u8;
        var end = message.AsSpan().IndexOf(secret) + secret.Length;
        Assert.Equal(new byte[] { 0x20, 0x01 }, message[end..(end + 2)]);
    }

    [RunModeFact(OnlyStandIn = true)]
    public async Task Console_logs_are_streamed_from_the_first_line()
    {
        await using var running = await StartAsync();
        var instance = running.InstanceOf("worker");
        await running.WaitForLineAsync(instance, "at work");

        using var call = await CallAsync("WatchResourceConsoleLogs", Field(1, instance));
        var text = Encoding.UTF8.GetString(await ReadMessageAsync(await call.Content.ReadAsStreamAsync(Cancellation)));

        Assert.Contains("at work", text, StringComparison.Ordinal);
    }

    [RunModeFact(OnlyStandIn = true)]
    public async Task A_command_of_the_dashboard_is_executed()
    {
        await using var running = await StartAsync();

        using var call = await CallAsync(
            "ExecuteResourceCommand", Field(1, "poke"), Field(2, running.InstanceOf("worker")), Field(3, "Executable"));
        var message = await ReadMessageAsync(await call.Content.ReadAsStreamAsync(Cancellation));

        // Field 1 (the outcome) is a number: 1 means succeeded.
        Assert.Equal(new byte[] { 0x08, 0x01 }, message[..2]);
    }

    [RunModeFact(OnlyStandIn = true)]
    public async Task The_stream_of_prompts_answers_with_headers_and_stays_open()
    {
        await using var running = await StartAsync();
        using var call = await CallAsync("WatchInteractions");

        Assert.Equal(HttpStatusCode.OK, call.StatusCode);
        Assert.False(call.Headers.Contains("grpc-status"));
    }

    [RunModeFact(OnlyStandIn = true)]
    public async Task Without_the_key_nothing_is_told()
    {
        await using var running = await StartAsync();
        using var call = await CallAsync("WatchResources", key: "another key");

        Assert.Equal("16", call.Headers.GetValues("grpc-status").Single());
        Assert.Empty(await call.Content.ReadAsByteArrayAsync(Cancellation));
    }

    private async Task<RunningModel> StartAsync()
    {
        var running = await RunningModel.StartAsync(
            builder =>
            {
                builder.AddParameter("secret-key", secret: true);
                builder.AddShell("worker", "echo at work; exec sleep 1000")
                    .WithCommand("poke", "Poke it", _ => Task.FromResult(CommandResults.Success()));
            },
            withDashboard: true,
            "DcpPublisher:RandomizePorts=false",
            "Parameters:secret-key=top secret",
            "ASPIRE_ALLOW_UNSECURED_TRANSPORT=true",
            $"ASPIRE_DASHBOARD_RESOURCESERVICE_APIKEY={Key}",
            $"ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://localhost:{_port}");
        await running.WaitForAsync("worker", KnownResourceStates.Running);

        return running;
    }

    private Task<HttpResponseMessage> CallAsync(string method, params byte[][] fields) => CallAsync(method, Key, fields);

    private Task<HttpResponseMessage> CallAsync(string method, string key, params byte[][] fields)
    {
        byte[] message = [.. fields.SelectMany(field => field)];
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);

        var request = new HttpRequestMessage(HttpMethod.Post, $"http://localhost:{_port}/aspire.v1.DashboardService/{method}")
        {
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
            Headers = { { "x-resource-service-api-key", key } },
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    /// <summary>A short text as a field of a protocol buffer.</summary>
    private static byte[] Field(int number, string text) => [(byte)((number << 3) | 2), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private static async Task<byte[]> ReadMessageAsync(Stream stream)
    {
        var header = new byte[5];
        await stream.ReadExactlyAsync(header, Cancellation);
        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1))];
        await stream.ReadExactlyAsync(message, Cancellation);

        return message;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
