using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ShopFlow.Gateway.Routing;

namespace ShopFlow.Gateway.ApiDocument;

/// <summary>Asks the services for their documents, and makes one of them. It is kept: a service that changes its own starts anew, and so does its gateway.</summary>
internal sealed class ApiDocuments(
    IHttpClientFactory clients, PublicOperations operations, [FromKeyedServices("v1")] IOpenApiDocumentProvider own)
{
    private const string Gateway = "gateway";

    public const string Client = "api-documents";

    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private byte[]? _document;

    /// <exception cref="HttpRequestException">A service does not answer.</exception>
    public async Task<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        if (_document is { } kept)
            return kept;

        using var http = clients.CreateClient(Client);
        var documents = await Task.WhenAll(Services.All.Select(service => ReadAsync(http, service, cancellationToken)));
        var merged = new MergedDocument((service, path, method) => service == Gateway || operations.Contain(service, path, method));
        foreach (var (service, document) in Services.All.Zip(documents))
            merged.Add(service, document);
        merged.Add(Gateway, await ReadOwnAsync(cancellationToken));

        return _document = JsonSerializer.SerializeToUtf8Bytes(merged.Build(), s_readable);
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
