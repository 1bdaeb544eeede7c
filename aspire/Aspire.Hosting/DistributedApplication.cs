using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>A model with everything that runs or publishes it.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;

    public DistributedApplication(IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);

        _host = host;
        ResourceNotifications = host.Services.GetRequiredService<ResourceNotificationService>();
    }

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications { get; }

    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    private DistributedApplicationExecutionContext ExecutionContext =>
        Services.GetRequiredService<DistributedApplicationExecutionContext>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return new DistributedApplicationBuilder(new DistributedApplicationOptions { Args = args });
    }

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DistributedApplicationBuilder(options);
    }

    /// <summary>Starts every resource, or in publish mode writes the manifest.</summary>
    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await RaiseBeforeStartAsync(cancellationToken);

        if (ExecutionContext.IsPublishMode)
        {
            await Services.GetRequiredService<ManifestPublisher>().PublishAsync(cancellationToken);
            return;
        }

        await _host.StartAsync(cancellationToken);
    }

    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await StartAsync(cancellationToken);

            if (ExecutionContext.IsRunMode)
            {
                await _host.WaitForShutdownAsync(cancellationToken);
            }
        }
        catch (Exception exception)
        {
            // What has been started must not outlive the failure.
            var wasToldToEnd = Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;
            await _host.StopAsync(CancellationToken.None);

            if (exception is not OperationCanceledException || !wasToldToEnd)
            {
                throw;
            }
        }
        finally
        {
            await DisposeAsync();
        }
    }

    /// <summary>Runs until the process is told to end. A mistake in the model or on the machine is told in one line, with exit code 1.</summary>
    public void Run()
    {
        // A test that runs the AppHost's entry point wants the exception itself.
        var isOwnProcess = Services.GetRequiredService<DistributedApplicationOptions>().Assembly == Assembly.GetEntryAssembly();

        try
        {
            RunAsync().GetAwaiter().GetResult();
        }
        catch (DistributedApplicationException exception) when (isOwnProcess)
        {
            Console.Error.WriteLine(exception.Message);
            Environment.ExitCode = 1;
        }
    }

    public virtual void Dispose()
    {
        _host.Dispose();
        GC.SuppressFinalize(this);
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ((IAsyncDisposable)_host).DisposeAsync();
    }

    Task IHost.StartAsync(CancellationToken cancellationToken) => StartAsync(cancellationToken);

    Task IHost.StopAsync(CancellationToken cancellationToken) => StopAsync(cancellationToken);

    private async Task RaiseBeforeStartAsync(CancellationToken cancellationToken)
    {
        var eventing = Services.GetRequiredService<IDistributedApplicationEventing>();

        foreach (var subscriber in Services.GetServices<IDistributedApplicationEventingSubscriber>())
        {
            await subscriber.SubscribeAsync(eventing, ExecutionContext, cancellationToken);
        }

        await eventing.PublishAsync(
            new BeforeStartEvent(Services, Services.GetRequiredService<DistributedApplicationModel>()),
            cancellationToken);
    }
}
