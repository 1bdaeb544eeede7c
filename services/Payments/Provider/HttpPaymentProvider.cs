using System.Net;
using System.Text.Json;
using Polly;

namespace ShopFlow.Payments.Provider;

/// <summary>The provider over HTTP. A call is made once: whether to make it again is for the caller to decide, after asking.</summary>
internal sealed class HttpPaymentProvider(HttpClient http) : IPaymentProvider
{
    public Task<ProviderCharge?> FindAsync(string key, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"v1/payments/{key}", content: null, cancellationToken);

    public Task<ProviderCharge> AuthoriseAsync(
        string key, long amount, string currency, string method, bool capture, CancellationToken cancellationToken)
    {
        var request = new AuthoriseRequest(key, amount, currency, method, capture);
        var content = JsonContent.Create(request, ProviderJsonContext.Default.AuthoriseRequest);
        return PostAsync("v1/payments", content, cancellationToken);
    }

    public Task<ProviderCharge> CaptureAsync(string key, CancellationToken cancellationToken) =>
        PostAsync($"v1/payments/{key}/capture", content: null, cancellationToken);

    public Task<ProviderCharge> VoidAsync(string key, CancellationToken cancellationToken) =>
        PostAsync($"v1/payments/{key}/void", content: null, cancellationToken);

    public Task<ProviderCharge> RefundAsync(string key, string refundKey, long amount, CancellationToken cancellationToken)
    {
        var content = JsonContent.Create(new RefundRequest(refundKey, amount), ProviderJsonContext.Default.RefundRequest);
        return PostAsync($"v1/payments/{key}/refund", content, cancellationToken);
    }

    private async Task<ProviderCharge> PostAsync(string path, HttpContent? content, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Post, path, content, cancellationToken)
            ?? throw new OutcomeUnknownException($"POST {path}: the provider has no such charge.");

    private async Task<ProviderCharge?> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var response = await http.SendAsync(request, cancellationToken);
            return await ReadAsync(response, $"{method} {path}", cancellationToken);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutcomeUnknownException($"{method} {path}: no answer within {http.Timeout.TotalSeconds} s.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or ExecutionRejectedException)
        {
            throw new OutcomeUnknownException($"{method} {path}: {e.Message}", e);
        }
    }

    private static async Task<ProviderCharge?> ReadAsync(HttpResponseMessage response, string call, CancellationToken cancellationToken)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK or HttpStatusCode.Created:
                return await response.Content.ReadFromJsonAsync(ProviderJsonContext.Default.ProviderCharge, cancellationToken)
                    ?? throw new OutcomeUnknownException($"{call}: the answer is empty.");
            case HttpStatusCode.NotFound:
                return null;
            case HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity:
                throw new ProviderRefusedException($"{call}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
            default:
                throw new OutcomeUnknownException($"{call}: status {(int)response.StatusCode}.");
        }
    }
}
