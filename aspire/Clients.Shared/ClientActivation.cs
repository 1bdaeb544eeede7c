using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire;

internal static class ClientActivation
{
    /// <summary>Creates the singleton while the host starts instead of on first use.</summary>
    public static void ActivateAtStart<T>(this IServiceCollection services, object? serviceKey)
        where T : class
    {
        services.AddSingleton<IHostedService>(provider => new Activator<T>(provider, serviceKey));
    }

    private sealed class Activator<T>(IServiceProvider services, object? serviceKey) : IHostedLifecycleService
        where T : class
    {
        public Task StartingAsync(CancellationToken cancellationToken)
        {
            _ = serviceKey is null ? services.GetRequiredService<T>() : services.GetRequiredKeyedService<T>(serviceKey);
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
