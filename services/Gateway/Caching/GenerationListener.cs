using System.Globalization;
using StackExchange.Redis;

namespace ShopFlow.Gateway.Caching;

/// <summary>
/// Hears of changes over Redis. Without Redis the gateway works on: pages are then compared with the catalogue every <see cref="CacheOptions.CurrentFor"/>.
/// </summary>
internal sealed class GenerationListener(IServiceProvider services, CatalogueGeneration generation, TimeProvider time, ILogger<GenerationListener> log)
    : BackgroundService
{
    private static readonly RedisChannel Channel = new("shopflow:catalog:changed", RedisChannel.PatternMode.Literal);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // The first connection blocks until it stands or fails. Once it stands, it and its subscriptions come back on their own.
                var redis = await Task.Run(services.GetRequiredService<IConnectionMultiplexer>, stoppingToken);
                await redis.GetSubscriber().SubscribeAsync(Channel, (_, message) => Hear(message));
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.Log(attempt == 1 ? LogLevel.Warning : LogLevel.Debug, "Not hearing of catalogue changes: {Reason}", exception.Message);
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
    }

    private void Hear(string? message)
    {
        if (long.TryParse(message, NumberStyles.None, CultureInfo.InvariantCulture, out var newest))
            generation.Signalled(newest);
    }
}
