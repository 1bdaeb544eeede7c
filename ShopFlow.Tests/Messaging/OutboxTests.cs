using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using ShopFlow.Messaging;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Messaging;

[Collection(nameof(ThingHappened))]
public sealed class OutboxTests(PostgresServer postgres, RabbitMqServer broker) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly string name = $"outbox-{Guid.NewGuid():N}";
    private string database = null!;
    private string address = null!;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        address = await broker.RunningAddressAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_event_is_sent_when_its_transaction_commits_and_leaves_the_outbox()
    {
        await using var service = await MessagingService.StartAsync(database, address, name);
        await service.HealthyAsync();

        await service.PublishAsync("committed");

        await HandledOnceAsync(service, "committed");
        await Eventually.TrueAsync(async () => await service.OutboxAsync() == 0, Limit, () => "the row is still there");
    }

    [Fact]
    public async Task An_event_of_a_transaction_that_is_rolled_back_is_never_sent()
    {
        await using var service = await MessagingService.StartAsync(database, address, name);
        await service.HealthyAsync();

        await service.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Publish(new ThingHappened("rolled back"));
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
            return true;
        });
        await service.PublishAsync("afterwards");

        await HandledOnceAsync(service, "afterwards");
        Assert.DoesNotContain(service.Script.Calls, call => call.Text == "rolled back");
    }

    [Fact]
    public async Task A_relay_that_fails_between_send_and_delete_sends_again_and_the_effect_happens_once()
    {
        await using var service = await MessagingService.StartAsync(database, address, name);
        await service.HealthyAsync();
        await using var wire = await Wire.ConnectAsync(address);
        var copies = (await wire.Channel.QueueDeclareAsync()).QueueName;
        await wire.Channel.QueueBindAsync(copies, Topology.Exchange, "test.thing-happened");
        var text = $"twice-{Guid.NewGuid():N}";
        await FailDeletesAsync(service);

        await service.PublishAsync(text);

        await Eventually.TrueAsync(async () => await CopiesAsync(wire, copies, text) >= 2, Limit, () => "it was sent once only");
        Assert.Equal(1, await service.OutboxAsync());

        await service.WithDbAsync(db => db.Database.ExecuteSqlAsync($"drop trigger no_delete on outbox_messages"));
        await Eventually.TrueAsync(async () => await service.OutboxAsync() == 0, Limit, () => "the row is still there");
        await HandledOnceAsync(service, text);
    }

    [Fact]
    public async Task Two_relays_share_an_outbox_and_every_effect_happens_once()
    {
        var texts = Enumerable.Range(0, 1000).Select(number => $"{name}-{number}").ToArray();
        await using var first = await MessagingService.StartAsync(database, address, name);
        await first.HealthyAsync();
        await using var second = await MessagingService.StartAsync(database, address, name);
        await second.HealthyAsync();

        await Task.WhenAll(texts.Chunk(100).Select((chunk, number) => (number % 2 == 0 ? first : second).PublishAsync(chunk)));

        await Eventually.TrueAsync(async () => (await EffectsAsync()).Count >= texts.Length, Limit, () => "not all arrived");
        Assert.Equal(texts.Order(), (await EffectsAsync()).Order());

        // Other tests publish the same event on this broker.
        Task<List<string>> EffectsAsync() => first.WithDbAsync(
            db => db.Effects.Select(effect => effect.Text).Where(text => text.StartsWith(name)).ToListAsync());
    }

    [Fact]
    public async Task An_event_that_nobody_consumes_yet_waits_for_its_consumer()
    {
        var publisherOnly = await postgres.CreateDatabaseAsync();
        await using var wire = await Wire.ConnectAsync(address);
        await using var publisher = await MessagingService.StartAsync(publisherOnly, address, $"{name}-publisher", consumes: false);
        await publisher.HealthyAsync();

        await publisher.WithDbAsync(db =>
        {
            db.Publish(new NobodyKnows());
            return db.SaveChangesAsync();
        });
        await Eventually.TrueAsync(
            () => publisher.WithDbAsync(db => db.Set<OutboxMessage>().AnyAsync(message => message.HeldUntil != null)),
            Limit,
            () => "it is not held back");

        var late = (await wire.Channel.QueueDeclareAsync()).QueueName;
        await wire.Channel.QueueBindAsync(late, Topology.Exchange, "test.nobody-knows");

        await Eventually.TrueAsync(async () => await wire.Channel.MessageCountAsync(late) == 1, Limit, () => "it never came");
        await Eventually.TrueAsync(async () => await publisher.OutboxAsync() == 0, Limit, () => "the row is still there");
    }

    private static Task HandledOnceAsync(MessagingService service, string text) =>
        Eventually.TrueAsync(async () => await service.EffectsAsync(text) == 1, Limit, () => $"'{text}' was not handled once");

    private static Task FailDeletesAsync(MessagingService service) => service.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("""
        create function refuse() returns trigger language plpgsql as $$ begin raise exception 'crash'; end $$;
        create trigger no_delete before delete on outbox_messages execute function refuse();
        """));

    private int copiesSeen;

    private async Task<int> CopiesAsync(Wire wire, string queue, string text)
    {
        while (await wire.Channel.BasicGetAsync(queue, autoAck: true) is { } copy)
        {
            if (System.Text.Encoding.UTF8.GetString(copy.Body.Span).Contains(text))
            {
                copiesSeen++;
            }
        }

        return copiesSeen;
    }
}
