using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Publishing;

/// <summary>
/// Writes resources in the manifest format, version 0 of each type. Values that a resource refers to and that are not in the model, such
/// as generated passwords, come after the model, in the order in which they were first met.
/// </summary>
public sealed class ManifestPublishingContext(
    DistributedApplicationExecutionContext executionContext,
    string manifestPath,
    Utf8JsonWriter writer,
    CancellationToken cancellationToken = default)
{
    private readonly OrderedDictionary<string, IResource> _referenced = new(StringComparer.OrdinalIgnoreCase);
    private readonly PublishedExpressions _expressions = new();
    private readonly HashSet<object> _visiting = [];
    private readonly PortAllocator _ports = new();

    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    public string ManifestPath { get; } = manifestPath;

    public Utf8JsonWriter Writer { get; } = writer;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public string? GetManifestRelativePath(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(ManifestPath))!;
        return Path.GetRelativePath(folder, path.Replace('\\', Path.DirectorySeparatorChar)).Replace('\\', '/');
    }

    public void WriteConnectionString(IResource resource)
    {
        if (resource is IResourceWithConnectionString { ConnectionStringExpression: { } connectionString })
        {
            TryAddDependentResources(connectionString);
            Writer.WriteString("connectionString", _expressions.ToPlaceholders(connectionString));
        }
    }

    public async Task WriteContainerAsync(ContainerResource container)
    {
        if (!container.TryGetContainerImageName(out var image))
        {
            throw new DistributedApplicationException($"Could not get the container image name for resource '{container.Name}'.");
        }

        Writer.WriteString("type", "container.v0");
        WriteConnectionString(container);
        Writer.WriteString("image", image);

        if (container.Entrypoint is not null)
        {
            Writer.WriteString("entrypoint", container.Entrypoint);
        }

        await WriteCommandLineArgumentsAsync(container);
        WriteMounts(container);
        await WriteEnvironmentVariablesAsync(container);
        WriteBindings(container);
    }

    public async Task WriteCommandLineArgumentsAsync(IResource resource)
    {
        var configuration = await ReadAsync(resource, ExecutionConfigurationBuilder.Create(resource).WithArgumentsConfig());
        if (!configuration.ArgumentsWithUnprocessed.Any())
        {
            return;
        }

        Writer.WriteStartArray("args");
        foreach (var (source, expression, _) in configuration.ArgumentsWithUnprocessed)
        {
            Writer.WriteStringValue(source is ReferenceExpression reference ? _expressions.ToPlaceholders(reference) : expression);
            TryAddDependentResources(source);
        }

        Writer.WriteEndArray();
    }

    public async Task WriteEnvironmentVariablesAsync(IResource resource)
    {
        var configuration = await ReadAsync(resource, ExecutionConfigurationBuilder.Create(resource).WithEnvironmentVariablesConfig());
        if (!configuration.EnvironmentVariablesWithUnprocessed.Any())
        {
            return;
        }

        Writer.WriteStartObject("env");
        foreach (var (name, (source, expression)) in configuration.EnvironmentVariablesWithUnprocessed)
        {
            Writer.WriteString(name, source is ReferenceExpression reference ? _expressions.ToPlaceholders(reference) : expression);
            TryAddDependentResources(source);
        }

        Writer.WriteEndObject();
    }

    public void WriteBindings(IResource resource)
    {
        var bindings = PublishedPorts.Resolve(resource, _ports).ToList();
        if (bindings.Count == 0)
        {
            return;
        }

        Writer.WriteStartObject("bindings");
        foreach (var (endpoint, ports) in bindings)
        {
            Writer.WriteStartObject(endpoint.Name);
            Writer.WriteString("scheme", endpoint.UriScheme);
            Writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            Writer.WriteString("transport", endpoint.Transport);
            WriteNumber("port", ports.Port);
            WriteNumber("targetPort", ports.TargetPort);

            if (endpoint.IsExternal)
            {
                Writer.WriteBoolean("external", true);
            }

            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }

    /// <summary>Remembers the resources that a value refers to, so that they are written even when they are not in the model.</summary>
    public void TryAddDependentResources(object? value)
    {
        if (value is ReferenceExpression expression)
        {
            _expressions.Register(expression);
        }

        if (value is IResource resource)
        {
            if (_referenced.TryAdd(resource.Name, resource))
            {
                _expressions.Parameters.Reserve(resource.Name);
            }
        }
        else if (value is IValueWithReferences { References: var references } && _visiting.Add(value))
        {
            foreach (var reference in references.Where(reference => !_visiting.Contains(reference)))
            {
                TryAddDependentResources(reference);
            }

            _visiting.Remove(value);
        }
    }

    internal async Task WriteModelAsync(DistributedApplicationModel model)
    {
        _expressions.Parameters.Reserve(model.Resources.Select(resource => resource.Name));

        Writer.WriteStartObject();
        Writer.WriteStartObject("resources");

        foreach (var resource in model.Resources)
        {
            await WriteResourceAsync(resource);
        }

        foreach (var resource in _referenced.Values.Where(resource => !model.Resources.TryGetByName(resource.Name, out _)).ToList())
        {
            await WriteResourceAsync(resource);
        }

        foreach (var parameter in _expressions.Parameters.Unwritten)
        {
            WriteFormatted(parameter);
        }

        await WriteConditionalsAsync();

        Writer.WriteEndObject();
        Writer.WriteEndObject();
        await Writer.FlushAsync(CancellationToken);
    }

    internal void WriteParameter(ParameterResource parameter)
    {
        Writer.WriteString("type", "parameter.v0");

        if (parameter.IsConnectionString)
        {
            Writer.WriteString("connectionString", parameter.ValueExpression);
        }

        Writer.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        Writer.WriteStartObject("inputs");
        Writer.WriteStartObject("value");
        Writer.WriteString("type", "string");

        if (parameter.Secret)
        {
            Writer.WriteBoolean("secret", true);
        }

        if (parameter.Default is { } value)
        {
            Writer.WriteStartObject("default");
            value.WriteToManifest(this);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
        Writer.WriteEndObject();
    }

    private async Task WriteResourceAsync(IResource resource)
    {
        if (resource.IsExcludedFromPublish())
        {
            return;
        }

        Writer.WriteStartObject(resource.Name);
        await WriteContentAsync(resource);
        Writer.WriteEndObject();

        // A parameter that was met before it is written takes its encoded forms with it.
        if (resource is ParameterResource parameter)
        {
            WriteFormatted(parameter);
        }
    }

    private async Task WriteContentAsync(IResource resource)
    {
        switch (resource)
        {
            case var _ when resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var annotation):
                await annotation.Callback!(this);
                break;

            case ContainerResource container:
                await WriteContainerAsync(container);
                break;

            case ProjectResource project:
                Writer.WriteString("type", "project.v0");
                Writer.WriteString("path", GetManifestRelativePath(project.GetProjectMetadata().ProjectPath));
                await WriteProcessAsync(project);
                break;

            case ExecutableResource executable:
                Writer.WriteString("type", "executable.v0");
                WriteConnectionString(executable);
                Writer.WriteString("workingDirectory", GetManifestRelativePath(executable.WorkingDirectory));
                Writer.WriteString("command", executable.Command);
                await WriteProcessAsync(executable);
                break;

            case ParameterResource parameter:
                WriteParameter(parameter);
                break;

            case IResourceWithConnectionString:
                Writer.WriteString("type", "value.v0");
                WriteConnectionString(resource);
                break;

            default:
                Writer.WriteString("error", "This resource does not support generation in the manifest.");
                break;
        }
    }

    private async Task WriteProcessAsync(IResource resource)
    {
        await WriteCommandLineArgumentsAsync(resource);
        await WriteEnvironmentVariablesAsync(resource);
        WriteBindings(resource);
    }

    private void WriteMounts(ContainerResource container)
    {
        var mounts = container.Annotations.OfType<ContainerMountAnnotation>().ToLookup(mount => mount.Type);

        WriteArray("bindMounts", mounts[ContainerMountType.BindMount], mount =>
        {
            Writer.WriteString("source", GetManifestRelativePath(mount.Source));
            Writer.WriteString("target", mount.Target.Replace('\\', '/'));
            Writer.WriteBoolean("readOnly", mount.IsReadOnly);
        });

        WriteArray("volumes", mounts[ContainerMountType.Volume], mount =>
        {
            if (mount.Source is not null)
            {
                Writer.WriteString("name", mount.Source);
            }

            Writer.WriteString("target", mount.Target);
            Writer.WriteBoolean("readOnly", mount.IsReadOnly);
        });
    }

    private void WriteArray<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        if (!items.Any())
        {
            return;
        }

        Writer.WriteStartArray(name);
        foreach (var item in items)
        {
            Writer.WriteStartObject();
            write(item);
            Writer.WriteEndObject();
        }

        Writer.WriteEndArray();
    }

    private void WriteNumber(string name, int? value)
    {
        if (value is { } number)
        {
            Writer.WriteNumber(name, number);
        }
    }

    private void WriteFormatted(ParameterResource parameter)
    {
        foreach (var (format, name) in _expressions.Parameters.Take(parameter))
        {
            Writer.WriteStartObject(name);
            Writer.WriteString("type", "annotated.string");
            Writer.WriteString("value", parameter.ValueExpression);
            Writer.WriteString("filter", format);
            Writer.WriteEndObject();
        }
    }

    private async Task WriteConditionalsAsync()
    {
        foreach (var (name, conditional) in _expressions.Conditionals)
        {
            Writer.WriteStartObject(name);
            Writer.WriteString("type", "value.v0");
            Writer.WriteString("connectionString", await conditional.GetValueAsync(CancellationToken) ?? "");
            Writer.WriteEndObject();
        }
    }

    private async Task<IExecutionConfigurationResult> ReadAsync(IResource resource, IExecutionConfigurationBuilder builder)
    {
        var configuration = await builder.BuildAsync(ExecutionContext, NullLogger.Instance, CancellationToken);

        return configuration.Exception is { } exception
            ? throw new DistributedApplicationException(
                $"Resource '{resource.Name}' cannot be published: {exception.GetBaseException().Message}",
                exception)
            : configuration;
    }
}
