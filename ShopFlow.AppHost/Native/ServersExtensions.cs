using ShopFlow.AppHost.Local;

namespace ShopFlow.AppHost.Native;

internal static class ServersExtensions
{
    /// <summary>Decides how PostgreSQL, RabbitMQ and Redis run: a published model describes containers, a local run goes by
    /// <c>ShopFlow:Resources</c>, which is <c>containers</c>, <c>native</c> (the servers installed on this machine) or
    /// <c>auto</c>: containers where an engine answers, else native.</summary>
    /// <exception cref="DistributedApplicationException">The setting is none of the three.</exception>
    public static Servers AddServers(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
            return new PublishedServers(builder);

        builder.LockDataDirectory();

        var choice = builder.Configuration["ShopFlow:Resources"] ?? "auto";
        return choice.ToLowerInvariant() switch
        {
            "containers" => new ContainerServers(builder),
            "native" => new NativeServers(builder),
            "auto" or "" => ContainerEngine.Answers() ? new ContainerServers(builder) : new NativeServers(builder),
            _ => throw new DistributedApplicationException($"ShopFlow:Resources is '{choice}'; it must be auto, containers or native."),
        };
    }
}
