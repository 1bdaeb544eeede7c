using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.FeatureManagement;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults.Health;

namespace ShopFlow.Tests.Messaging;

/// <summary>A small service with an outbox and, if it consumes, a handler that leaves an <see cref="Effect"/> for each event.</summary>
internal sealed class MessagingService : IAsyncDisposable
{
    public static readonly TimeSpan[] RetryDelays = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400)];

    private const string Hold = "hold";

    private readonly IHost host;

    private MessagingService(IHost host) => this.host = host;

    public Script Script => Get<Script>();

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    public static async Task<MessagingService> StartAsync(string database, string broker, string name, bool consumes = true, PlatformConsumers? platform = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Configuration.AddInMemoryCollection(Settings(database, broker, name));
        if (platform is not null)
        {
            builder.Services.AddSingleton(platform);
        }

        builder.Services.AddFeatureManagement();
        builder.AddHealth();
        AddEffects(builder, messaging =>
        {
            if (consumes)
            {
                messaging.HoldWhile(Hold).Consume<ThingHappened, WriteEffect>();
            }
        });

        var service = new MessagingService(builder.Build());
        await service.WithDbAsync(db => db.Database.EnsureCreatedAsync());
        await service.host.StartAsync();
        return service;
    }

    public static Dictionary<string, string?> Settings(string database, string broker, string name) => new()
    {
        ["ConnectionStrings:effects"] = database,
        ["ConnectionStrings:messaging"] = broker,
        ["Messaging:ServiceName"] = name,
        ["Messaging:PollInterval"] = "00:00:00.5",
        ["Messaging:HandlerTimeout"] = "00:00:04",
        ["Messaging:ReconnectDelay"] = "00:00:00.2",
        ["Messaging:RetryDelays:0"] = RetryDelays[0].ToString(),
        ["Messaging:RetryDelays:1"] = RetryDelays[1].ToString(),
    };

    public static void AddEffects(IHostApplicationBuilder builder, Action<MessagingBuilder> configure)
    {
        builder.Services.AddSingleton<Script>();
        builder.AddNpgsqlDbContext<EffectsDbContext>("effects", settings => settings.DisableRetry = true);
        builder.AddMessaging<EffectsDbContext>("messaging", configure);
    }

    public async Task<T> WithDbAsync<T>(Func<EffectsDbContext, Task<T>> use)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<EffectsDbContext>());
    }

    public Task PublishAsync(params string[] texts) => WithDbAsync(db =>
    {
        foreach (var text in texts)
        {
            db.Publish(new ThingHappened(text));
        }

        return db.SaveChangesAsync();
    });

    /// <summary>Switches the flag that keeps it from consuming.</summary>
    public void SetHold(bool isOn)
    {
        var settings = (IConfigurationRoot)Get<IConfiguration>();
        settings[$"FeatureManagement:{Hold}"] = isOn.ToString();
        settings.Reload();
    }

    public Task<int> EffectsAsync(string text) => WithDbAsync(db => db.Effects.CountAsync(effect => effect.Text == text));

    public Task<int> OutboxAsync() => WithDbAsync(db => db.Set<OutboxMessage>().CountAsync());

    public async Task<HealthStatus> HealthAsync() =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "messaging")).Status;

    public Task HealthyAsync() => Eventually.TrueAsync(
        async () => await HealthAsync() == HealthStatus.Healthy, TimeSpan.FromSeconds(20), () => "the service is not connected");

    public Task StopAsync() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    public static byte[] BodyOf(IntegrationEvent e) => System.Text.Encoding.UTF8.GetBytes(EventJson.Serialize(e));
}
