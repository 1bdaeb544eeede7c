using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the connection string and its parts: <c>ConnectionStrings__{name}</c>, <c>{NAME}_HOST</c> and so on.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);

        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        var prefix = name.Length == 0 ? "" : $"{EnvironmentVariableName.Encode(name).ToUpperInvariant()}_";

        return builder.WithReferenceRelationship(resource).WithEnvironment(context =>
        {
            var variable = resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}";
            context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional);

            foreach (var (property, value) in resource.GetConnectionProperties())
            {
                context.EnvironmentVariables[prefix + property.ToUpperInvariant()] = value;
            }

            foreach (var property in resource.Annotations.OfType<ConnectionPropertyAnnotation>())
            {
                context.EnvironmentVariables[prefix + property.Name.ToUpperInvariant()] = property.Value;
            }
        });
    }

    /// <summary>Gives the addresses of every endpoint: <c>services__{name}__{scheme}__{n}</c> for service discovery and <c>{NAME}_{ENDPOINT}</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.AddEndpointReference(source.Resource, endpointName: null, alias: null);

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source,
        string name)
        where TDestination : IResourceWithEnvironment => builder.AddEndpointReference(source.Resource, endpointName: null, alias: name);

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment =>
            builder.AddEndpointReference(endpointReference.Resource, endpointReference.EndpointName, alias: null);

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        string name,
        Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(uri);

        if (!uri.IsAbsoluteUri)
        {
            throw new InvalidOperationException("The uri for service reference must be absolute.");
        }

        if (uri.AbsolutePath != "/")
        {
            throw new InvalidOperationException("The uri absolute path must be \"/\".");
        }

        return builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables[$"services__{name}__default__0"] = uri.ToString();
            context.EnvironmentVariables[EnvironmentVariableName.Encode(name).ToUpperInvariant()] = uri.ToString();
        });
    }

    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, ReferenceExpression value)
        where T : IResourceWithConnectionString =>
        builder.WithAnnotation(new ConnectionPropertyAnnotation(name, value));

    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, string value)
        where T : IResourceWithConnectionString =>
        builder.WithConnectionProperty(name, ReferenceExpression.Create($"{value}"));

    public static IResourceBuilder<T> WithConnectionStringRedirection<T>(
        this IResourceBuilder<T> builder,
        IResourceWithConnectionString resource)
        where T : IResourceWithConnectionString =>
        builder.WithAnnotation(new ConnectionStringRedirectAnnotation(resource), ResourceAnnotationMutationBehavior.Replace);

    public static ReferenceExpression GetConnectionProperty(this IResourceWithConnectionString resource, string key) => resource
        .GetConnectionProperties()
        .Where(property => string.Equals(property.Key, key, StringComparison.OrdinalIgnoreCase))
        .Select(property => property.Value)
        .FirstOrDefault(ReferenceExpression.Empty);

    private static IResourceBuilder<T> AddEndpointReference<T>(
        this IResourceBuilder<T> builder,
        IResourceWithEndpoints target,
        string? endpointName,
        string? alias)
        where T : IResourceWithEnvironment
    {
        // One annotation and one callback for each target: a later reference only adds to what the first one gives.
        var reference = builder.Resource.Annotations.OfType<EndpointReferenceAnnotation>()
            .SingleOrDefault(existing => existing.Resource == target);

        if (reference is null)
        {
            reference = new EndpointReferenceAnnotation(target);
            if (builder.Resource.IsContainer())
            {
                reference.ContextNetworkId = KnownNetworkIdentifiers.DefaultAspireContainerNetwork;
            }

            builder.WithAnnotation(reference)
                .WithEnvironment(context => SetEndpointVariables(context.EnvironmentVariables, reference, alias));
        }

        if (endpointName is null)
        {
            reference.UseAllEndpoints = true;
        }
        else
        {
            reference.EndpointNames.Add(endpointName);
        }

        return builder.WithReferenceRelationship(target);
    }

    private static void SetEndpointVariables(Dictionary<string, object> variables, EndpointReferenceAnnotation reference, string? alias)
    {
        var serviceName = alias ?? reference.Resource.Name;
        var prefix = EnvironmentVariableName.Encode(alias ?? serviceName.ToUpperInvariant());

        foreach (var endpoint in reference.Resource.GetEndpoints(reference.ContextNetworkId))
        {
            var isWanted = reference.EndpointNames.Contains(endpoint.EndpointName)
                || (reference.UseAllEndpoints && !endpoint.ExcludeReferenceEndpoint);
            if (!isWanted)
            {
                continue;
            }

            variables[$"{prefix}_{EnvironmentVariableName.Encode(endpoint.EndpointName).ToUpperInvariant()}"] = endpoint;
            variables[FreeDiscoveryKey(endpoint)] = endpoint;
        }

        string FreeDiscoveryKey(EndpointReference endpoint)
        {
            var scheme = endpoint.IsHttpSchemeNamedEndpoint ? endpoint.Scheme : endpoint.EndpointName;
            var index = 0;
            while (variables.ContainsKey($"services__{serviceName}__{scheme}__{index}"))
            {
                index++;
            }

            return $"services__{serviceName}__{scheme}__{index}";
        }
    }
}
