using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Messaging;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Messaging;

/// <summary>Events that pile up behind one that takes long, and are then handled together.</summary>
[Collection(nameof(ThingHappened))]
public sealed class BatchTests(PostgresServer postgres, RabbitMqServer broker) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly string _name = $"batch-{Guid.NewGuid():N}";
    private readonly TaskCompletionSource _gate = new();
    private MessagingService _service = null!;
    private Wire _wire = null!;

    private string Queue => $"{_name}.test";

    public async ValueTask InitializeAsync()
    {
        var address = await broker.RunningAddressAsync();
        _service = await MessagingService.StartAsync(await postgres.CreateDatabaseAsync(), address, _name);
        await _service.HealthyAsync();
        _wire = await Wire.ConnectAsync(address);
    }

    public async ValueTask DisposeAsync()
    {
        await _wire.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task What_waits_shares_transactions()
    {
        var texts = Texts(20);
        await PileUpAsync(async () => await _service.PublishAsync(texts));

        await HandledOnceAsync(texts);

        var transactions = await _service.WithDbAsync(db => db.Database
            .SqlQuery<int>($"select count(distinct xmin::text)::int as \"Value\" from effects where \"Text\" like 'text-%'")
            .SingleAsync());
        Assert.InRange(transactions, 1, 3);
    }

    [Fact]
    public async Task One_that_fails_hurts_only_itself()
    {
        var texts = Texts(20);
        _service.Script.On("poison", (_, _) => throw new InvalidOperationException("It is poison."));
        await PileUpAsync(async () => await _service.PublishAsync([.. texts[..10], "poison", .. texts[10..]]));

        await HandledOnceAsync(texts);

        var letter = await _wire.DeadLetterAsync(Queue);
        Assert.Equal("InvalidOperationException: It is poison.", letter.BasicProperties.Text(MessageHeaders.Reason));
        Assert.Equal(0, await _service.EffectsAsync("poison"));
        Assert.Equal(1, await _service.EffectsAsync(texts[0]));
    }

    [Fact]
    public async Task Twins_in_a_batch_have_one_effect_and_what_is_no_event_is_dead()
    {
        var e = new ThingHappened("twin") { OccurredAt = DateTimeOffset.UtcNow };
        await PileUpAsync(async () =>
        {
            for (var delivery = 0; delivery < 5; delivery++)
                await _wire.SendAsync("test.thing-happened", e.Id.ToString(), MessagingService.BodyOf(e));
            await _wire.SendAsync("test.thing-happened", Guid.NewGuid().ToString(), "{}"u8.ToArray());
            await _service.PublishAsync("last");
        });

        await HandledOnceAsync("twin", "last");

        Assert.StartsWith(nameof(MalformedEventException), (await _wire.DeadLetterAsync(Queue)).BasicProperties.Text(MessageHeaders.Reason));
        await Eventually.TrueAsync(async () => await _wire.Channel.MessageCountAsync(Queue) == 0, Limit, () => "the queue is not empty");
        Assert.Equal(1, await _service.EffectsAsync("twin"));
    }

    [Fact]
    public async Task An_event_continues_the_trace_of_the_one_that_caused_it()
    {
        using var request = new Activity("another request").Start();
        var cause = new ThingHappened("cause") { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
        await using var silent = await MessagingService.StartAsync(
            await postgres.CreateDatabaseAsync(), "amqp://guest:guest@127.0.0.1:1", _name, consumes: false);

        var stored = await silent.WithDbAsync(async db =>
        {
            db.Publish(new ThingHappened("effect"), causedBy: cause);
            await db.SaveChangesAsync();
            return await db.Set<OutboxMessage>().SingleAsync();
        });

        Assert.Equal(cause.TraceParent, stored.TraceParent);
        Assert.DoesNotContain("traceParent", stored.Payload, StringComparison.OrdinalIgnoreCase);
    }

    // The first event is held until all others are in the queue, so that they make one batch.
    private async Task PileUpAsync(Func<Task> publish)
    {
        var held = new TaskCompletionSource();
        _service.Script.On("gate", (_, _) =>
        {
            held.TrySetResult();
            return _gate.Task;
        });
        await _service.PublishAsync("gate");
        await held.Task.WaitAsync(Limit);

        await publish();
        await Eventually.TrueAsync(async () => await _service.OutboxAsync() == 0, Limit, () => "not all were sent");
        _gate.SetResult();
    }

    private static string[] Texts(int count) => [.. Enumerable.Range(0, count).Select(number => $"text-{number}")];

    private async Task HandledOnceAsync(params string[] texts)
    {
        foreach (var text in texts)
            await Eventually.TrueAsync(async () => await _service.EffectsAsync(text) == 1, Limit, () => $"'{text}' was not handled once");
    }
}
