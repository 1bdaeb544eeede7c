using System.Security.Cryptography;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Addresses and keys of the dashboard. Addresses that are not given are chosen freely, keys that are not given are random.
/// </summary>
internal sealed record DashboardOptions
{
    public string? Path { get; init; }

    /// <summary>The AppHost's own ASPNETCORE_URLS: the AppHost serves nothing else to a browser.</summary>
    public string? Urls { get; init; }

    public string? OtlpGrpcUrl { get; init; }

    public string? OtlpHttpUrl { get; init; }

    public Uri? ResourceServiceUrl { get; init; }

    public required string BrowserToken { get; init; }

    public required string ResourceServiceApiKey { get; init; }

    public required string OtlpApiKey { get; init; }

    public required string TelemetryApiKey { get; init; }

    /// <summary>
    /// Makes the keys that the configuration lacks and stores them there, where the resources' environment finds them too.
    /// </summary>
    public static void GenerateKeys(IConfigurationManager configuration)
    {
        var keys = new Dictionary<string, string?>
        {
            ["AppHost:BrowserToken"] = configuration["AppHost:BrowserToken"] ?? configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"],
            ["AppHost:OtlpApiKey"] = configuration["AppHost:OtlpApiKey"],
            ["AppHost:DashboardApiKey"] = configuration["AppHost:DashboardApiKey"],
            ["AppHost:ResourceService:AuthMode"] = "ApiKey",
            ["AppHost:ResourceService:ApiKey"] = configuration["ASPIRE_DASHBOARD_RESOURCESERVICE_APIKEY"],
        };

        configuration.AddInMemoryCollection(
            keys.ToDictionary(key => key.Key, string? (key) => string.IsNullOrEmpty(key.Value) ? RandomKey() : key.Value));
    }

    public static DashboardOptions Read(IConfiguration configuration, DcpOptions dcp) => new()
    {
        Path = dcp.DashboardPath,
        Urls = NullIfBlank(configuration["ASPNETCORE_URLS"] ?? configuration["urls"]),
        OtlpGrpcUrl = NullIfBlank(
            configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? configuration["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"]),
        OtlpHttpUrl = NullIfBlank(
            configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] ?? configuration["DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"]),
        ResourceServiceUrl = ResourceService(configuration, dcp),
        BrowserToken = configuration["AppHost:BrowserToken"]!,
        ResourceServiceApiKey = configuration["AppHost:ResourceService:ApiKey"]!,
        OtlpApiKey = configuration["AppHost:OtlpApiKey"]!,
        TelemetryApiKey = configuration["AppHost:DashboardApiKey"]!,
    };

    private static Uri? ResourceService(IConfiguration configuration, DcpOptions dcp)
    {
        var text = NullIfBlank(
            configuration["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] ?? configuration["DOTNET_RESOURCE_SERVICE_ENDPOINT_URL"]);

        return text is null || dcp.RandomizePorts ? null : new Uri(text);
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string RandomKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
