using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static class RabbitMQBuilderExtensions
{
    private const string DataPath = "/var/lib/rabbitmq";

    /// <summary>A RabbitMQ broker. Its user is guest and its password generated unless parameters say otherwise.</summary>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        // The password becomes part of a URI.
        var passwordParameter = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var broker = new RabbitMQServerResource(name, userName?.Resource, passwordParameter);
        var connectionString = AvailableConnectionString.Observe(builder.Eventing, broker);

        // A service of the host, so that its connection is closed with the host.
        var key = $"{name}_check";
        builder.Services.AddKeyedSingleton(key, (_, _) => new RabbitMQHealthCheck(connectionString));
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => services.GetRequiredKeyedService<RabbitMQHealthCheck>(key),
            failureStatus: null,
            tags: null));

        return builder.AddResource(broker)
            .WithImage(RabbitMQContainerImageTags.Image, RabbitMQContainerImageTags.Tag)
            .WithImageRegistry(RabbitMQContainerImageTags.Registry)
            .WithIconName("MailMultiple")
            .WithEndpoint(port: port, targetPort: 5672, name: RabbitMQServerResource.PrimaryEndpointName)
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["RABBITMQ_DEFAULT_USER"] = broker.UserNameReference;
                context.EnvironmentVariables["RABBITMQ_DEFAULT_PASS"] = broker.PasswordParameter;
            })
            .WithHealthCheck(key);
    }

    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(
        this IResourceBuilder<RabbitMQServerResource> builder,
        string? name = null,
        bool isReadOnly = false) =>
        builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataPath, isReadOnly).WithStableNodeName();

    public static IResourceBuilder<RabbitMQServerResource> WithDataBindMount(
        this IResourceBuilder<RabbitMQServerResource> builder,
        string source,
        bool isReadOnly = false) =>
        builder.WithBindMount(source, DataPath, isReadOnly).WithStableNodeName();

    /// <summary>Takes the image that has the management pages, and gives them an endpoint named management.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder) =>
        builder.WithManagementPlugin(port: null);

    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(
        this IResourceBuilder<RabbitMQServerResource> builder,
        int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var image = builder.Resource.Annotations.OfType<ContainerImageAnnotation>().Last();
        image.Tag = ManagementTag(image)
            ?? throw new DistributedApplicationException(
                $"Cannot configure the RabbitMQ resource '{builder.Resource.Name}' to enable the management plugin as it uses an unrecognized container image registry, name, or tag.");

        return builder.WithHttpEndpoint(port: port, targetPort: 15672, name: RabbitMQServerResource.ManagementEndpointName);
    }

    private static string? ManagementTag(ContainerImageAnnotation image)
    {
        if (image is not { Registry: RabbitMQContainerImageTags.Registry, Image: RabbitMQContainerImageTags.Image })
        {
            return null;
        }

        return image.Tag switch
        {
            null or "" => $"{RabbitMQContainerImageTags.Tag}-management",
            var tag when tag.EndsWith("management", StringComparison.OrdinalIgnoreCase)
                || tag.EndsWith("management-alpine", StringComparison.OrdinalIgnoreCase) => tag,
            "alpine" => "management-alpine",
            var tag when tag.EndsWith("-alpine", StringComparison.OrdinalIgnoreCase) => $"{tag[..^"-alpine".Length]}-management-alpine",
            var tag when tag.Split('.').All(part => part.Length > 0 && part.All(char.IsAsciiDigit)) => $"{tag}-management",
            _ => null,
        };
    }

    /// <summary>RabbitMQ keeps its data under its node's name, and a container is named anew each time.</summary>
    private static IResourceBuilder<RabbitMQServerResource> WithStableNodeName(this IResourceBuilder<RabbitMQServerResource> builder) =>
        builder.ApplicationBuilder.ExecutionContext.IsRunMode
            ? builder.WithEnvironment("RABBITMQ_NODENAME", $"{builder.Resource.Name}@localhost")
            : builder;
}
