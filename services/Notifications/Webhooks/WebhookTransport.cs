using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using ShopFlow.Notifications.Delivering;

namespace ShopFlow.Notifications.Webhooks;

/// <summary>
/// Posts to the addresses of customers. It has a client of its own: those of the platform know the names of services, and repeat
/// and follow where this must not.
/// </summary>
internal sealed class WebhookTransport : IDisposable
{
    private static readonly TimeSpan s_connectLimit = TimeSpan.FromSeconds(5);

    private readonly DeliveryOptions _options;
    private readonly WebhookOptions _webhooks;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookTransport(DeliveryOptions options, WebhookOptions webhooks, TimeProvider time)
    {
        (_options, _webhooks, _time) = (options, webhooks, time);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            // No business of theirs which of our traces it is.
            ActivityHeadersPropagator = null,
            ConnectTimeout = s_connectLimit,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = options.TimeLimit,
        };
    }

    public IOutwardChannel Open() => new Channel(this);

    public void Dispose() => _http.Dispose();

    private async Task<(SendResult Result, string? Error)> PostAsync(ClaimedDelivery delivery, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new WebhookBody(delivery.NotificationId, delivery.Type, delivery.Subject, delivery.Body, delivery.OrderId, delivery.CreatedAt),
            NotificationsJsonContext.Default.WebhookBody);
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("ShopFlow");
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Create(delivery.Secret!, _time.GetUtcNow(), body));

        try
        {
            // Nobody reads what it answers beyond the status.
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? (SendResult.Taken, null) : (SendResult.Failed, $"It answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException e)
        {
            return (SendResult.Unreachable, e.GetBaseException().Message);
        }
        catch (OperationCanceledException)
        {
            return (SendResult.Unreachable, $"No answer within {_options.TimeLimit.TotalSeconds} s.");
        }
    }

    // The address that was checked is the one that is connected to: a name that changes its mind in between gains nothing.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = _webhooks.AllowPrivateAddresses ? addresses : Array.FindAll(addresses, PublicAddresses.Contain);
        if (allowed is [])
            throw new HttpRequestException($"{context.DnsEndPoint.Host} has no public address.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class Channel(WebhookTransport transport) : IOutwardChannel
    {
        public Task<(SendResult Result, string? Error)> SendAsync(ClaimedDelivery delivery, CancellationToken cancellationToken) =>
            transport.PostAsync(delivery, cancellationToken);

        public void Dispose()
        {
        }
    }
}
