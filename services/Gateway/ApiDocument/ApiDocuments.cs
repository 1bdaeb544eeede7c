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
internal sealed class ApiDocuments(
    IHttpClientFactory clients, PublicOperations operations, [FromKeyedServices("v1")] IOpenApiDocumentProvider own, TimeProvider time) : IDisposable
{
    private const string Gateway = "gateway";

    public const string Client = "api-documents";

    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private Kept? _latest;

    private sealed record Kept(byte[] Document, DateTimeOffset MadeAt);

    /// <exception cref="HttpRequestException">A service does not answer.</exception>
    public async Task<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        if (Latest is { } fresh)
            return fresh;

        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return Latest ?? await MakeAsync(cancellationToken);
        }
        catch (Exception failure) when (_latest is not null && failure is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // The one before is better than none.
            return _latest.Document;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private byte[]? Latest => _latest is { } latest && time.GetUtcNow() - latest.MadeAt < s_kept ? latest.Document : null;

    private async Task<byte[]> MakeAsync(CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(Client);
        var documents = await Task.WhenAll(Services.All.Select(service => ReadAsync(http, service, cancellationToken)));
        var merged = new MergedDocument((service, path, method) => service == Gateway || operations.Contain(service, path, method));
        foreach (var (service, document) in Services.All.Zip(documents))
            merged.Add(service, document);
        merged.Add(Gateway, await ReadOwnAsync(cancellationToken));

        _latest = new(JsonSerializer.SerializeToUtf8Bytes(merged.Build(), s_readable), time.GetUtcNow());
        return _latest.Document;
    }

    private async Task<JsonObject> ReadOwnAsync(CancellationToken cancellationToken)
    {
        var document = await own.GetOpenApiDocumentAsync(cancellationToken);
        return JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken))!.AsObject();
    }

    private static async Task<JsonObject> ReadAsync(HttpClient http, string service, CancellationToken cancellationToken)
    {
        await using var body = await http.GetStreamAsync($"http://{service}/openapi/v1.json", cancellationToken);
        return (await JsonNode.ParseAsync(body, cancellationToken: cancellationToken))!.AsObject();
    }
}
