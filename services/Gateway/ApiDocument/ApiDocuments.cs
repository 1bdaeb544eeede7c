using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ShopFlow.Gateway.Routing;

namespace ShopFlow.Gateway.ApiDocument;

/// <summary>
/// Asks the services for their documents, and makes one of them. However many want it, the services are asked once a minute: by then
/// one of them may have another version.
/// </summary>
internal sealed class ApiDocuments
{
    private const string Gateway = "gateway";

    public const string Client = "api-documents";

    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly IHttpClientFactory _clients;
    private readonly PublicOperations _operations;
    private readonly IOpenApiDocumentProvider _own;
    private readonly SharedAnswer<byte[]> _document;
    private byte[]? _last;

    public ApiDocuments(
        IHttpClientFactory clients, PublicOperations operations, [FromKeyedServices("v1")] IOpenApiDocumentProvider own, TimeProvider time)
    {
        (_clients, _operations, _own) = (clients, operations, own);
        _document = new(s_kept, MakeOrKeepAsync, time);
    }

    /// <exception cref="HttpRequestException">A service does not answer, and there is no document from before.</exception>
    public Task<byte[]> GetAsync(CancellationToken cancellationToken) => _document.GetAsync(cancellationToken);

    private async Task<byte[]> MakeOrKeepAsync()
    {
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            return _last = await MakeAsync(limit.Token);
        }
        catch (Exception failure) when (_last is not null && failure is not OutOfMemoryException)
        {
            // The one before is better than none.
            return _last;
        }
        catch (Exception failure) when (failure is not (HttpRequestException or OutOfMemoryException))
        {
            // Late, refused by an open circuit, or not JSON.
            throw new HttpRequestException(failure.Message, failure);
        }
    }

    private async Task<byte[]> MakeAsync(CancellationToken cancellationToken)
    {
        using var http = _clients.CreateClient(Client);
        var documents = await Task.WhenAll(Services.All.Select(service => ReadAsync(http, service, cancellationToken)));
        var merged = new MergedDocument((service, path, method) => service == Gateway || _operations.Contain(service, path, method));
        foreach (var (service, document) in Services.All.Zip(documents))
            merged.Add(service, document);
        merged.Add(Gateway, await ReadOwnAsync(cancellationToken));

        return JsonSerializer.SerializeToUtf8Bytes(merged.Build(), s_readable);
    }

    private async Task<JsonObject> ReadOwnAsync(CancellationToken cancellationToken)
    {
        var document = await _own.GetOpenApiDocumentAsync(cancellationToken);
        return JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken))!.AsObject();
    }

    private static async Task<JsonObject> ReadAsync(HttpClient http, string service, CancellationToken cancellationToken)
    {
        await using var body = await http.GetStreamAsync($"http://{service}/openapi/v1.json", cancellationToken);
        return (await JsonNode.ParseAsync(body, cancellationToken: cancellationToken))!.AsObject();
    }
}
