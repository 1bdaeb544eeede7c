using System.Net;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Serves the application's resources to the dashboard: gRPC over HTTP/2 without TLS, on loopback, behind a key.</summary>
internal sealed class ResourceServiceHost(
    DashboardOptions options,
    ResourceFeed feed,
    ResourceLoggerService logs,
    ResourceCommandService commands,
    IHostEnvironment environment,
    ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private const string KeyHeader = "x-resource-service-api-key";

    private WebApplication? _app;

    /// <summary>The address that the server listens on. Known once it has started.</summary>
    public string Url => _app?.Urls.First() ?? throw new InvalidOperationException("The resource service has not started.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _app = Build();
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new DistributedApplicationException(
                $"The port of {options.ResourceServiceUrl}, on which the dashboard asks for the resources, is taken. " +
                "Set ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL to another address, or leave it out for a free port.", e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = environment.ApplicationName });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddLogging();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Listen);

        var app = builder.Build();
        app.Use(RequireKeyAsync);
        app.MapResourceService(new ResourceService(environment.ApplicationName, feed, logs, commands));

        return app;
    }

    private void Listen(KestrelServerOptions kestrel)
    {
        // Streams are quiet for hours; the minimum rates would cut them.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.AddServerHeader = false;

        // Kestrel cannot give out a free port for both loopback addresses at once.
        if (options.ResourceServiceUrl is { Port: not 0 } url)
        {
            kestrel.ListenLocalhost(url.Port, listen => listen.Protocols = HttpProtocols.Http2);
        }
        else
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        }
    }

    private Task RequireKeyAsync(HttpContext context, RequestDelegate next)
    {
        var given = Encoding.UTF8.GetBytes(context.Request.Headers[KeyHeader].ToString());
        if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(options.ResourceServiceApiKey)))
        {
            return next(context);
        }

        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = ((int)GrpcCode.Unauthenticated).ToString();
        context.Response.Headers["grpc-message"] = "The header x-resource-service-api-key is missing or wrong.";

        return Task.CompletedTask;
    }
}
