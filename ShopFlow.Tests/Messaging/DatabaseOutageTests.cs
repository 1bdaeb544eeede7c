using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using ShopFlow.Messaging;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Messaging;

/// <summary>On a database server of its own, which goes away for longer than all retries of an event take.</summary>
public sealed class DatabaseOutageTests(RabbitMqServer broker)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Events_wait_with_the_broker_while_the_database_is_away_and_none_is_dead_afterwards()
    {
        await using var postgres = new PostgresServer();
        var name = $"outage-{Guid.NewGuid():N}";
        var address = await broker.RunningAddressAsync();
        await using var service = await MessagingService.StartAsync(await postgres.CreateDatabaseAsync(), address, name);
        await service.HealthyAsync();
        await using var wire = await Wire.ConnectAsync(address);

        await postgres.StopAsync();
        await SendAsync(wire, "first");
        await Eventually.TrueAsync(
            async () => await service.HealthAsync() == HealthStatus.Unhealthy, Limit, () => "the service goes on failing events without its database");
        await SendAsync(wire, "second");
        await postgres.StartAsync();

        foreach (var text in (string[])["first", "second"])
            await Eventually.TrueAsync(() => IsHandledAsync(service, text), Limit, () => $"'{text}' was not handled once");
        await service.HealthyAsync();
        Assert.Equal(0u, await wire.Channel.MessageCountAsync(Topology.DeadQueue($"{name}.test"), TestContext.Current.CancellationToken));
    }

    // A pooled connection from before the outage is found dead by whoever uses it first.
    private static async Task<bool> IsHandledAsync(MessagingService service, string text)
    {
        try
        {
            return await service.EffectsAsync(text) == 1;
        }
        catch (Exception e) when (e is NpgsqlException || e.InnerException is NpgsqlException)
        {
            return false;
        }
    }

    private static Task SendAsync(Wire wire, string text)
    {
        var e = new ThingHappened(text) { OccurredAt = DateTimeOffset.UtcNow };
        return wire.SendAsync("test.thing-happened", e.Id.ToString(), MessagingService.BodyOf(e));
    }
}
