using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace ShopFlow.ServiceDefaults.Telemetry;

/// <summary>What OpenTelemetry.Extensions.Hosting would bring: the SDK's own extensions hang on this interface.</summary>
internal sealed class TelemetryBuilder(IServiceCollection services) : IOpenTelemetryBuilder
{
    public IServiceCollection Services { get; } = services;
}
