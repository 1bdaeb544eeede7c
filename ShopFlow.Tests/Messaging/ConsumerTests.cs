using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShopFlow.Messaging;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Messaging;

[Collection(nameof(ThingHappened))]
public sealed class ConsumerTests(PostgresServer postgres, RabbitMqServer broker) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly string name = $"consumer-{Guid.NewGuid():N}";
    private string database = null!;
    private string address = null!;

    private string Queue => $"{name}.test";

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        address = await broker.RunningAddressAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_event_delivered_twice_has_its_effect_once()
    {
        await using var service = await MessagingService.StartAsync(database, address, name);
        await service.HealthyAsync();
        await using var wire = await Wire.ConnectAsync(address);
        var e = new ThingHappened("repeated") { OccurredAt = DateTimeOffset.UtcNow };

        for (var delivery = 0; delivery < 5; delivery++)
        {
            await wire.SendAsync("test.thing-happened", e.Id.ToString(), MessagingService.BodyOf(e));
        }

        await service.PublishAsync("last");
        await HandledOnceAsync(service, "last");
        await EmptyAsync(wire);
        Assert.Equal(1, await service.EffectsAsync("repeated"));
    }

    [Fact]
    public async Task A_poison_event_ends_dead_with_its_reason_and_holds_nobody_up()
    {
        await using var service = await MessagingService.StartAsync(database, address, name);
        await service.HealthyAsync();
        await using var wire = await Wire.ConnectAsync(address);
        service.Script.On("poison", (_, _) => throw new InvalidOperationException("It is poison."));
        var others = Enumerable.Range(0, 50).Select(number => $"other-{number}").ToArray();

        await service.PublishAsync(["poison", .. others]);

        var letter = await wire.DeadLetterAsync(Queue);
        Assert.Equal("InvalidOperationException: It is poison.", letter.BasicProperties.Text(MessageHeaders.Reason));
        Assert.Equal(MessagingService.RetryDelays.Length + 1, letter.BasicProperties.AttemptsSoFar());
        Assert.Equal("test.thing-happened", letter.BasicProperties.Type);
        Assert.Equal(0, await service.EffectsAsync("poison"));
        foreach (var other in others)
        {
            await HandledOnceAsync(service, other);
        }
    }

    [Fact]
    public async Task A_handler_that_fails_is_called_again_after_each_delay_and_its_failures_leave_nothing()
    {
        await using var service = await MessagingService.StartAsync(database, address, name);
        await service.HealthyAsync();
        service.Script.On("third time", (attempt, _) => attempt < 3 ? throw new TimeoutException() : Task.CompletedTask);

        await service.PublishAsync("third time");

        await HandledOnceAsync(service, "third time");
        var times = service.Script.Calls.Where(call => call.Text == "third time").Select(call => call.At).ToList();
        Assert.Equal(3, times.Count);
        Assert.True(times[1] - times[0] >= MessagingService.RetryDelays[0], "the first delay was too short");
        Assert.True(times[2] - times[1] >= MessagingService.RetryDelays[1], "the second delay was too short");
    }

    [Fact]
    public async Task A_handler_that_never_returns_is_stopped_and_called_again()
    {
        await using var service = await MessagingService.StartAsync(database, address, name);
        await service.HealthyAsync();
        service.Script.On("stuck once", (attempt, cancellationToken) => attempt == 1 ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask);

        await service.PublishAsync("stuck once");

        await HandledOnceAsync(service, "stuck once");
        Assert.Equal(2, service.Script.Calls.Count(call => call.Text == "stuck once"));
    }

    [Fact]
    public async Task A_stop_gives_back_what_it_has_not_started_and_nothing_is_lost_or_doubled()
    {
        var texts = Enumerable.Range(0, 200).Select(number => $"{name}-{number}").ToArray();
        var first = await MessagingService.StartAsync(database, address, name);
        await first.HealthyAsync();
        foreach (var text in texts)
        {
            first.Script.On(text, (_, _) => Task.Delay(20));
        }

        await first.PublishAsync(texts);
        await Eventually.TrueAsync(() => first.Script.Calls.Count > 10, Limit, () => "nothing was handled");
        var stopping = Stopwatch.StartNew();
        await first.DisposeAsync();
        Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));

        await using var second = await MessagingService.StartAsync(database, address, name);
        await Eventually.TrueAsync(async () => (await EffectsAsync()).Count >= texts.Length, Limit, () => "not all were handled");
        Assert.Equal(texts.Order(), (await EffectsAsync()).Order());

        Task<List<string>> EffectsAsync() => second.WithDbAsync(
            db => db.Effects.Select(effect => effect.Text).Where(text => text.StartsWith(name)).ToListAsync());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"text": 5}""")]
    [InlineData("""{"text": "no id"}""")]
    public async Task A_malformed_message_is_dead_at_once(string body)
    {
        await using var service = await MessagingService.StartAsync(database, address, name);
        await service.HealthyAsync();
        await using var wire = await Wire.ConnectAsync(address);

        await wire.SendAsync("test.thing-happened", Guid.NewGuid().ToString(), System.Text.Encoding.UTF8.GetBytes(body));

        var letter = await wire.DeadLetterAsync(Queue);
        Assert.StartsWith(nameof(MalformedEventException), letter.BasicProperties.Text(MessageHeaders.Reason));
        Assert.Equal(1, letter.BasicProperties.AttemptsSoFar());
        Assert.Equal(body, System.Text.Encoding.UTF8.GetString(letter.Body.Span));
    }

    [Fact]
    public async Task The_handler_continues_the_trace_of_the_publisher()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MessagingTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var service = await MessagingService.StartAsync(database, address, name);
        await service.HealthyAsync();
        using var request = new Activity("request").Start();

        await service.PublishAsync("traced");

        await HandledOnceAsync(service, "traced");
        var effect = await service.WithDbAsync(db => db.Effects.SingleAsync(effect => effect.Text == "traced"));
        Assert.Equal(request.TraceId.ToString(), effect.TraceId);
    }

    [Fact]
    public async Task A_stop_waits_for_the_handler_that_is_running()
    {
        await using var service = await MessagingService.StartAsync(database, address, name);
        await service.HealthyAsync();
        var running = new TaskCompletionSource();
        service.Script.On("slow", async (_, cancellationToken) =>
        {
            running.SetResult();
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        });

        await service.PublishAsync("slow");
        await running.Task.WaitAsync(Limit);
        await service.StopAsync();

        Assert.Equal(1, await service.EffectsAsync("slow"));
    }

    [Fact]
    public async Task A_handler_that_outlasts_the_stop_is_cancelled_and_the_event_goes_to_another_replica()
    {
        await using var first = await MessagingService.StartAsync(database, address, name);
        await first.HealthyAsync();
        var running = new TaskCompletionSource();
        first.Script.On("stuck", async (_, cancellationToken) =>
        {
            running.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
        await first.PublishAsync("stuck");
        await running.Task.WaitAsync(Limit);

        var stopping = Stopwatch.StartNew();
        await first.StopAsync();
        Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4.5));
        Assert.Equal(0, await first.EffectsAsync("stuck"));

        await using var second = await MessagingService.StartAsync(database, address, name);
        await second.HealthyAsync();
        await HandledOnceAsync(second, "stuck");
    }

    [Fact]
    public async Task While_it_is_held_events_are_at_the_broker_and_its_health_says_so()
    {
        await using var service = await MessagingService.StartAsync(database, address, name);
        await service.HealthyAsync();
        await using var wire = await Wire.ConnectAsync(address);
        service.SetHold(true);

        await service.PublishAsync("held");

        await Eventually.TrueAsync(
            async () => await service.HealthAsync() == HealthStatus.Degraded && await wire.Channel.MessageCountAsync(Queue) == 1,
            Limit, () => "the event is not back at the broker");
        Assert.Empty(service.Script.Calls);

        service.SetHold(false);
        await HandledOnceAsync(service, "held");
        await service.HealthyAsync();
    }

    [Fact]
    public async Task Who_lost_the_queue_while_a_handler_runs_is_not_called_healthy_and_finds_it_again()
    {
        await using var service = await MessagingService.StartAsync(database, address, name);
        await service.HealthyAsync();
        await using var wire = await Wire.ConnectAsync(address);
        var (running, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        service.Script.On("slow", (_, cancellationToken) =>
        {
            running.TrySetResult();
            return release.Task.WaitAsync(cancellationToken);
        });
        await service.PublishAsync("slow");
        await running.Task.WaitAsync(Limit);

        await wire.Channel.QueueDeleteAsync(Queue, ifUnused: false, ifEmpty: false);

        await Eventually.TrueAsync(
            async () => await service.HealthAsync() == HealthStatus.Unhealthy, TimeSpan.FromSeconds(3), () => "it says that it consumes");
        release.SetResult();
        await service.HealthyAsync();
        await service.PublishAsync("next");
        await HandledOnceAsync(service, "next");
    }

    private static Task HandledOnceAsync(MessagingService service, string text) =>
        Eventually.TrueAsync(async () => await service.EffectsAsync(text) == 1, Limit, () => $"'{text}' was not handled once");

    private Task EmptyAsync(Wire wire) =>
        Eventually.TrueAsync(async () => await wire.Channel.MessageCountAsync(Queue) == 0, Limit, () => "the queue is not empty");
}
