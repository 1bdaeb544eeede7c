using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Messaging;

/// <summary>On a broker of its own, which comes late and goes away.</summary>
public sealed class BrokerOutageTests(PostgresServer postgres)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_broker_that_comes_late_and_goes_away_loses_nothing_and_doubles_nothing()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var broker = new RabbitMqServer();
        await using var service = await MessagingService.StartAsync(database, broker.Address, $"outage-{Guid.NewGuid():N}");

        await service.PublishAsync(Texts("before"));
        Assert.Equal(HealthStatus.Unhealthy, await service.HealthAsync());

        await broker.StartAsync();
        await service.HealthyAsync();
        await HandledAsync(service, 100);

        await broker.StopAsync();
        await Eventually.TrueAsync(
            async () => await service.HealthAsync() == HealthStatus.Unhealthy, Limit, () => "the service did not notice that the broker went");
        await service.PublishAsync(Texts("meanwhile"));
        Assert.Equal(100, await service.OutboxAsync());

        await broker.StartAsync();
        await service.HealthyAsync();
        await HandledAsync(service, 200);
        Assert.Equal(200, await service.WithDbAsync(db => db.Effects.Select(effect => effect.Text).Distinct().CountAsync()));
    }

    private static string[] Texts(string prefix) => [.. Enumerable.Range(0, 100).Select(number => $"{prefix}-{number}")];

    private static Task HandledAsync(MessagingService service, int count) => Eventually.TrueAsync(
        () => service.WithDbAsync(async db => await db.Effects.CountAsync() == count), Limit, () => $"not {count} effects");
}
