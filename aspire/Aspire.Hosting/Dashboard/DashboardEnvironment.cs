using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>The dashboard's settings, as environment variables of its process.</summary>
internal sealed class DashboardEnvironment(DashboardOptions options, ResourceServiceHost resourceService, IConfiguration configuration)
{
    public void Fill(EnvironmentCallbackContext context)
    {
        var variables = context.EnvironmentVariables;
        var dashboard = (IResourceWithEndpoints)context.Resource;
        var frontends = DashboardResource.Frontends(dashboard).Select(endpoint => new EndpointReference(dashboard, endpoint)).ToArray();

        variables["ASPNETCORE_ENVIRONMENT"] = configuration["ASPNETCORE_ENVIRONMENT"] ?? "Production";
        variables["ASPNETCORE_URLS"] = Join(frontends);
        variables["DASHBOARD__FRONTEND__PUBLICURL"] = frontends[0];
        variables["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = resourceService.Url;
        AddTelemetryAddress(variables, dashboard, DashboardResource.OtlpGrpc);
        AddTelemetryAddress(variables, dashboard, DashboardResource.OtlpHttp);

        variables["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken";
        variables["DASHBOARD__FRONTEND__BROWSERTOKEN"] = options.BrowserToken;
        variables["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey";
        variables["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = options.ResourceServiceApiKey;
        variables["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey";
        variables["DASHBOARD__OTLP__PRIMARYAPIKEY"] = options.OtlpApiKey;
        variables["DASHBOARD__API__AUTHMODE"] = "ApiKey";
        variables["DASHBOARD__API__PRIMARYAPIKEY"] = options.TelemetryApiKey;
        variables["ASPIRE_DASHBOARD_API_ENABLED"] = "true";
        variables["LOGGING__CONSOLE__FORMATTERNAME"] = "json";
    }

    private static void AddTelemetryAddress(Dictionary<string, object> variables, IResourceWithEndpoints dashboard, string endpointName)
    {
        if (dashboard.GetEndpoint(endpointName) is { Exists: true } endpoint)
        {
            variables[DashboardResource.SettingOf(endpointName)] = Own(endpoint);
        }
    }

    private static ReferenceExpression Join(EndpointReference[] endpoints)
    {
        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in endpoints)
        {
            urls.AppendLiteral(urls.IsEmpty ? "" : ";");
            urls.Append($"{Own(endpoint)}");
        }

        return urls.Build();
    }

    /// <summary>The address that the process itself binds, behind the proxy.</summary>
    private static ReferenceExpression Own(EndpointReference endpoint)
    {
        var host = endpoint.EndpointAnnotation.TargetHost;

        return ReferenceExpression.Create(
            $"{endpoint.Property(EndpointProperty.Scheme)}://{host}:{endpoint.Property(EndpointProperty.TargetPort)}");
    }
}
