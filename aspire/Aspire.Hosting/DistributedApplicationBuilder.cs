using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestrator;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.UserSecrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly DistributedApplicationOptions _options;
    private readonly DistributedApplicationExecutionContextOptions _executionContextOptions;

    public DistributedApplicationBuilder(string[] args) : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        _options = options;
        _host = CreateHost(options);
        Configuration.AddCommandLine(options.Args ?? [], CommandLineSwitches.Mappings);

        AppHostDirectory = options.ProjectDirectory ?? Environment.ContentRootPath;
        var projectName = options.ProjectName ?? Environment.ApplicationName;
        AppHostPath = Path.GetFullPath(Path.Join(AppHostDirectory, projectName));

        _executionContextOptions = CommandLineSwitches.ReadOperation(Configuration);
        ExecutionContext = new DistributedApplicationExecutionContext(_executionContextOptions);
        Configuration.AddInMemoryCollection(DescribeAppHost(projectName));

        AddServices();

        if (ExecutionContext.IsRunMode)
        {
            Eventing.Subscribe<BeforeStartEvent>(RequireUserSecretsAsync);
            RunMode.AddServices(this, options);
        }
        else
        {
            Services.AddSingleton<ManifestPublisher>();
        }

        HostingDiagnostics.Write("DistributedApplicationBuilderConstructed", this);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public string AppHostDirectory { get; }

    public string AppHostPath { get; }

    public Assembly? AppHostAssembly => _options.Assembly;

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    /// <summary>Null when the AppHost has no UserSecretsId.</summary>
    internal UserSecretsStore? UserSecrets => UserSecretsStore.For(AppHostAssembly);

    internal ILoggingBuilder Logging => _host.Logging;

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);

        ModelName.Validate("Resource", resource.Name);
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new DistributedApplicationResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build()
    {
        HostingDiagnostics.Write("DistributedApplicationBuilding", this);

        var application = new DistributedApplication(_host.Build());
        _executionContextOptions.Services = application.Services;

        HostingDiagnostics.Write("DistributedApplicationBuilt", application);
        return application;
    }

    private static HostApplicationBuilder CreateHost(DistributedApplicationOptions options)
    {
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables("ASPIRE_");

        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = configuration };
        HostingDiagnostics.Write("DistributedApplicationBuilderConstructing", (options, settings));

        var host = new HostApplicationBuilder(settings);

        // The dashboard shows what these would print.
        host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        host.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        // What stops the start is thrown to whoever started it.
        host.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        if (!options.DisableDashboard)
        {
            host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", LogLevel.None);
        }

        host.Logging.AddConfiguration(host.Configuration.GetSection("Logging"));
        return host;
    }

    private Dictionary<string, string?> DescribeAppHost(string projectName)
    {
        var pathHash = Hash(AppHostPath.ToLowerInvariant());
        var nameHash = Hash(projectName);

        return new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = AppHostDirectory,
            ["AppHost:Path"] = AppHostPath,
            ["AppHost:DashboardApplicationName"] = _options.DashboardApplicationName ?? Environment.ApplicationName,
            ["AppHost:PathSha256"] = pathHash,
            ["AppHost:ProjectNameSha256"] = nameHash,
            // Two checkouts on one machine must not share volumes; what is published must not depend on where it was published.
            ["AppHost:Sha256"] = ExecutionContext.IsPublishMode ? nameHash : pathHash,
        };

        static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private void AddServices()
    {
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(_options);
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(Eventing);
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        Services.AddSingleton<ResourceLoggerService>();
        Services.AddSingleton<ResourceNotificationService>();
        Services.AddSingleton(services => new ResourceCommandService(
            services.GetRequiredService<ResourceNotificationService>(),
            services.GetRequiredService<ResourceLoggerService>(),
            services));
        Services.AddHealthChecks();
        Services.AddHttpClient();

        // Without a dashboard nobody could see that a dependency failed and start it again, so waiting for it would be for ever.
        Services.Configure<ResourceNotificationServiceOptions>(notifications => notifications.DefaultWaitBehavior =
            _options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);

        if (_options.ContainerRegistryOverride is { Length: > 0 } registry)
        {
            Eventing.Subscribe<BeforeStartEvent>((started, _) => UseRegistryAsync(started.Model, registry));
        }
    }

    /// <summary>Says at the start, rather than when the first password is made up, that there is no place to keep it.</summary>
    private Task RequireUserSecretsAsync(BeforeStartEvent starting, CancellationToken cancellationToken)
    {
        _ = UserSecrets;
        return Task.CompletedTask;
    }

    private static Task UseRegistryAsync(DistributedApplicationModel model, string registry)
    {
        foreach (var image in model.Resources.SelectMany(resource => resource.Annotations.OfType<ContainerImageAnnotation>()))
        {
            image.Registry = registry;
        }

        return Task.CompletedTask;
    }
}
