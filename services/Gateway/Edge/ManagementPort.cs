using Microsoft.Extensions.Options;

namespace ShopFlow.Gateway.Edge;

/// <summary>
/// Keeps metrics off the public port: they are answered on <see cref="GatewayOptions.ManagementPort"/> only, which the model does not make external.
/// That port answers nothing else.
/// </summary>
internal sealed class ManagementPort(RequestDelegate next, IOptions<GatewayOptions> options)
{
    private readonly int? _port = options.Value.ManagementPort;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Connection.LocalPort == _port == context.Request.Path.StartsWithSegments("/metrics"))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
