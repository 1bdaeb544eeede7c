using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs the callbacks of a resource and reads every value: what a process is started with, or what a manifest says of it.</summary>
public sealed class ExecutionConfigurationBuilder : IExecutionConfigurationBuilder
{
    private readonly IResource _resource;
    private readonly List<IExecutionConfigurationGatherer> _gatherers = [];

    private ExecutionConfigurationBuilder(IResource resource) => _resource = resource;

    public static IExecutionConfigurationBuilder Create(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ExecutionConfigurationBuilder(resource);
    }

    public IExecutionConfigurationBuilder AddExecutionConfigurationGatherer(IExecutionConfigurationGatherer gatherer)
    {
        _gatherers.Add(gatherer);
        return this;
    }

    public async Task<IExecutionConfigurationResult> BuildAsync(
        DistributedApplicationExecutionContext executionContext,
        ILogger? resourceLogger = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(executionContext);

        var logger = resourceLogger ?? executionContext.Services.GetRequiredService<ResourceLoggerService>().GetLogger(_resource);
        var gathered = new Gathered();

        foreach (var gatherer in _gatherers)
        {
            await gatherer.GatherAsync(gathered, _resource, logger, executionContext, cancellationToken);
        }

        return await ResolveAsync(gathered, executionContext, logger, cancellationToken);
    }

    private async Task<IExecutionConfigurationResult> ResolveAsync(
        Gathered gathered,
        DistributedApplicationExecutionContext executionContext,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var arguments = new List<(object, string, bool)>();
        var variables = new List<KeyValuePair<string, (object, string)>>();
        var failures = new List<Exception>();

        foreach (var argument in gathered.Arguments)
        {
            if (await ReadAsync(argument, $"an argument of resource '{_resource.Name}'") is { Value: { } value } resolved)
            {
                arguments.Add((argument, value, resolved.IsSensitive));
            }
        }

        foreach (var (name, variable) in gathered.EnvironmentVariables)
        {
            if (await ReadAsync(variable, $"environment variable '{name}' of resource '{_resource.Name}'") is { Value: { } value })
            {
                variables.Add(KeyValuePair.Create(name, (variable, value)));
            }
        }

        return new ExecutionConfigurationResult
        {
            ArgumentsWithUnprocessed = arguments,
            EnvironmentVariablesWithUnprocessed = variables,
            Exception = failures.Count == 0
                ? null
                : new AggregateException("One or more errors occurred while resolving resource configuration.", failures),
        };

        // One missing value must not hide the next: all are told at once.
        async Task<ResolvedValue?> ReadAsync(object value, string what)
        {
            try
            {
                return await ResolveValueAsync(value, executionContext, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Failed to resolve {What}. A dependency may have failed to start.", what);
                failures.Add(exception);
                return null;
            }
        }
    }

    private async ValueTask<ResolvedValue> ResolveValueAsync(
        object value,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken)
    {
        var content = value is IResourceBuilder<IResource> builder ? builder.Resource : value;

        return content switch
        {
            string text => new ResolvedValue(text, IsSensitive: false),
            IManifestExpressionProvider provider when executionContext.IsPublishMode =>
                new ResolvedValue(provider.ValueExpression, IsSensitive: false),
            IValueProvider provider when executionContext.IsRunMode => await ExpressionResolver.ResolveAsync(
                provider,
                new ValueProviderContext { ExecutionContext = executionContext, Caller = _resource },
                cancellationToken),
            _ => new ResolvedValue(content.ToString(), IsSensitive: false),
        };
    }

    private sealed class Gathered : IExecutionConfigurationGathererContext
    {
        public List<object> Arguments { get; } = [];

        public Dictionary<string, object> EnvironmentVariables { get; } = [];
    }
}
