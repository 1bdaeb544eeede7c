using ShopFlow.Messaging;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Messaging;

[Collection(nameof(ThingHappened))]
public sealed class DeadLetterTests(PostgresServer postgres, RabbitMqServer broker) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private MessagingService _service = null!;
    private DeadLetterQueues _letters = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await MessagingService.StartAsync(
            await postgres.CreateDatabaseAsync(), await broker.RunningAddressAsync(), $"dead-{Guid.NewGuid():N}");
        await _service.HealthyAsync();
        _letters = _service.Get<DeadLetterQueues>();
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Looking_at_dead_letters_changes_nothing_however_often_and_pages_are_in_order()
    {
        var texts = new[] { "one", "two", "three", "four", "five" };
        foreach (var text in texts)
            await DieAsync(text);

        for (var look = 0; look < 25; look++)
            Assert.Equal(5, (await _letters.ListAsync(0, 3, default)).Total);

        var first = (await _letters.ListAsync(0, 3, default)).Letters;
        var second = (await _letters.ListAsync(3, 3, default)).Letters;
        Assert.Equal(texts, first.Concat(second).Select(letter => letter.Body!.Value.GetProperty("text").GetString()));
        Assert.All(first, letter => Assert.Equal(
            ("test.thing-happened", "InvalidOperationException: broken", 3), (letter.Event, letter.Reason, letter.Attempts)));
        Assert.Equal(first[1].Id, (await _letters.FindAsync(first[1].Id, default))!.Id);
    }

    [Fact]
    public async Task A_replay_after_the_fault_is_mended_has_its_effect_once()
    {
        await DieAsync("mended");
        await DieAsync("left");
        var id = (await _letters.ListAsync(0, 1, default)).Letters.Single().Id;
        _service.Script.On("mended", (_, _) => Task.CompletedTask);

        Assert.Equal(1, await _letters.ReplayAsync(id, default));

        await Eventually.TrueAsync(async () => await _service.EffectsAsync("mended") == 1, Limit, () => "the replay had no effect");
        Assert.Equal(1, (await _letters.ListAsync(0, 10, default)).Total);
        Assert.Equal(0, await _letters.ReplayAsync(id, default));
    }

    [Fact]
    public async Task What_is_replayed_too_early_dies_again_with_all_its_attempts()
    {
        await DieAsync("still broken");

        Assert.Equal(1, await _letters.ReplayAsync(id: null, default));

        IReadOnlyList<DeadLetter> letters = [];
        await Eventually.TrueAsync(
            async () => (letters = (await _letters.ListAsync(0, 10, default)).Letters) is [{ Attempts: 3 }],
            Limit,
            () => $"{_service.Script.Calls.Count} calls, and dead are {string.Join(", ", letters)}");
        Assert.Equal(6, _service.Script.Calls.Count(call => call.Text == "still broken"));
    }

    [Fact]
    public async Task What_is_dropped_is_gone_and_nothing_else()
    {
        await DieAsync("gone");
        await DieAsync("kept");
        var letters = (await _letters.ListAsync(0, 10, default)).Letters;

        Assert.Equal(1, await _letters.DropAsync(letters[0].Id, default));

        Assert.Equal([letters[1].Id], (await _letters.ListAsync(0, 10, default)).Letters.Select(letter => letter.Id));
        Assert.Equal(1, await _letters.DropAsync(id: null, default));
        Assert.Empty((await _letters.ListAsync(0, 10, default)).Letters);
    }

    private async Task DieAsync(string text)
    {
        var before = (await _letters.ListAsync(0, 100, default)).Total;
        _service.Script.On(text, (_, _) => throw new InvalidOperationException("broken"));
        await _service.PublishAsync(text);
        await Eventually.TrueAsync(async () => (await _letters.ListAsync(0, 100, default)).Total > before, Limit, () => $"'{text}' did not die");
    }
}
