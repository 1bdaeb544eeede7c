using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.StandIn.Tests.Model;

/// <summary>Builders for models that are looked at but never run.</summary>
internal static class TestModel
{
    /// <param name="settings">Configuration, as <c>Key=value</c>.</param>
    public static IDistributedApplicationBuilder ToRun(params string[] settings) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = [.. settings], DisableDashboard = true });

    public static IDistributedApplicationBuilder ToPublish(params string[] settings) =>
        DistributedApplication.CreateBuilder(["--publisher", "manifest", .. settings]);

    /// <summary>A project that has no project file, and so only what the test gives it.</summary>
    public static IResourceBuilder<ProjectResource> AddService(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new ProjectResource(name));

    public static async Task<Dictionary<string, string>> ReadEnvironmentAsync(this IResourceBuilder<IResource> builder)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(builder.Resource).WithEnvironmentVariablesConfig()
            .BuildAsync(builder.ApplicationBuilder.ExecutionContext, NullLogger.Instance, TestContext.Current.CancellationToken);

        Assert.Null(configuration.Exception);
        return configuration.EnvironmentVariables.ToDictionary();
    }

    public static async Task<string[]> ReadArgumentsAsync(this IResourceBuilder<IResource> builder)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(builder.Resource).WithArgumentsConfig()
            .BuildAsync(builder.ApplicationBuilder.ExecutionContext, NullLogger.Instance, TestContext.Current.CancellationToken);

        Assert.Null(configuration.Exception);
        return [.. configuration.Arguments.Select(argument => argument.Value)];
    }

    public static EndpointAnnotation EndpointNamed(this IResource resource, string name) =>
        resource.Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Name == name);

    /// <summary>Does what the orchestrator does when it has given an endpoint its address.</summary>
    public static void Allocate(this IResource resource, string name, int port, string? targetPortExpression = null)
    {
        var endpoint = resource.EndpointNamed(name);
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port, targetPortExpression);
    }
}
