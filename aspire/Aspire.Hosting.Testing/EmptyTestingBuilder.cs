using System.Diagnostics;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>A builder without an AppHost's program behind it.</summary>
internal sealed class EmptyTestingBuilder : IDistributedApplicationTestingBuilder
{
    private readonly DistributedApplicationBuilder _builder;
    private DistributedApplication? _application;

    public EmptyTestingBuilder(string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        var appHost = FindAppHost();
        using var events = new BuilderEvents
        {
            Constructing = (options, settings) => TestingDefaults.Apply(options, settings, appHost, args, configureBuilder),
        };
        events.Listen();

        // The arguments are among the defaults already.
        _builder = new DistributedApplicationBuilder([]);
    }

    public ConfigurationManager Configuration => _builder.Configuration;

    public string AppHostDirectory => _builder.AppHostDirectory;

    public Assembly? AppHostAssembly => _builder.AppHostAssembly;

    public IHostEnvironment Environment => _builder.Environment;

    public IServiceCollection Services => _builder.Services;

    public IDistributedApplicationEventing Eventing => _builder.Eventing;

    public DistributedApplicationExecutionContext ExecutionContext => _builder.ExecutionContext;

    public IResourceCollection Resources => _builder.Resources;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource => _builder.AddResource(resource);

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => _builder.CreateResourceBuilder(resource);

    public DistributedApplication Build() => _application = _builder.Build();

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Build());
    }

    public void Dispose() => _application?.Dispose();

    public ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The nearest caller whose assembly knows where the orchestrator is.</summary>
    private static Assembly FindAppHost() => new StackTrace().GetFrames()
        .Select(frame => frame.GetMethod()?.DeclaringType?.Assembly)
        .FirstOrDefault(assembly => AssemblyMetadata.Get(assembly, "dcpclipath") is { Length: > 0 })
        ?? throw new InvalidOperationException(
            "No AppHost assembly was found. Call this from a project with IsAspireHost=true, " +
            "or use CreateAsync with a type of the AppHost.");
}
