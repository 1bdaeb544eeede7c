using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>How a test reaches the resources of a started application.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>A client whose base address is the resource's endpoint.</summary>
    /// <param name="endpointName">Null means https, else http, else the only endpoint.</param>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = default)
    {
        ArgumentNullException.ThrowIfNull(app);

        var address = app.GetEndpoint(resourceName, endpointName);
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = address;

        return client;
    }

    /// <exception cref="ArgumentException">There is no such resource, or it has no connection string.</exception>
    public static ValueTask<string?> GetConnectionStringAsync(
        this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);

        return Find(app, resourceName) is IResourceWithConnectionString resource
            ? resource.GetConnectionStringAsync(cancellationToken)
            : throw new ArgumentException($"Resource '{resourceName}' does not expose a connection string.", nameof(resourceName));
    }

    /// <exception cref="ArgumentException">There is no such resource or endpoint.</exception>
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = default) =>
        app.GetEndpointForNetwork(resourceName, networkIdentifier: null, endpointName);

    /// <param name="networkIdentifier">The network from which the endpoint is to be reached; null means this machine.</param>
    public static Uri GetEndpointForNetwork(
        this DistributedApplication app, string resourceName, NetworkIdentifier? networkIdentifier, string? endpointName = default)
    {
        ArgumentNullException.ThrowIfNull(app);

        if (Find(app, resourceName) is not IResourceWithEndpoints resource)
        {
            throw new InvalidOperationException($"Resource '{resourceName}' has no allocated endpoints.");
        }

        var network = networkIdentifier ?? KnownNetworkIdentifiers.LocalhostNetwork;
        var endpoint = string.IsNullOrEmpty(endpointName) ? Default(resource, network) : resource.GetEndpoint(endpointName, network);

        return endpoint is { Exists: true }
            ? new Uri(endpoint.Url)
            : throw new ArgumentException($"Endpoint '{endpointName}' for resource '{resourceName}' not found.", nameof(endpointName));
    }

    private static EndpointReference? Default(IResourceWithEndpoints resource, NetworkIdentifier network)
    {
        var endpoints = resource.GetEndpoints(network).ToArray();

        return endpoints.FirstOrDefault(endpoint => endpoint.EndpointName == "https")
            ?? endpoints.FirstOrDefault(endpoint => endpoint.EndpointName == "http")
            ?? (endpoints is [var only] ? only : null);
    }

    private static IResource Find(DistributedApplication app, string resourceName)
    {
        ArgumentException.ThrowIfNullOrEmpty(resourceName);
        if (!app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested)
        {
            throw new InvalidOperationException("The application must be started before resources are accessed.");
        }

        return app.Services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(resourceName, out var resource)
            ? resource
            : throw new ArgumentException($"Resource '{resourceName}' not found.", nameof(resourceName));
    }
}
