using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Messaging;

/// <summary>What a service's outbox has of an action; unless a test is about sending there is no broker.</summary>
public sealed class AdminActionLogTests(PostgresServer postgres, RabbitMqServer broker) : IAsyncLifetime
{
    private readonly HttpContext _context = new DefaultHttpContext();
    private readonly AdminAction _action = new(
        Guid.CreateVersion7(), DateTimeOffset.UtcNow, "0198c0de-0000-7000-8000-000000000001", "anna", "shelves", "TurnBook", "PUT /admin/books/7", ["7"], "c-1");

    private MessagingService _service = null!;

    private IAdminActionLog Log => _service.Get<IAdminActionLog>();

    public async ValueTask InitializeAsync() => _service = await MessagingService.StartAsync(
        await postgres.CreateDatabaseAsync(), "amqp://guest:guest@127.0.0.1:1", $"audit-{Guid.NewGuid():N}", consumes: false);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task An_action_that_begins_is_held_back_without_an_outcome()
    {
        await Log.BeginAsync(_action, _context, default);
        await Log.BeginAsync(_action, _context, default);

        var (message, e) = await TheOnlyOneAsync();
        Assert.InRange(message.HeldUntil!.Value - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(30), OutboxAdminActionLog<EffectsDbContext>.Hold);
        Assert.Equal((_action.Id, "anna", "TurnBook"), (e.ActionId, e.ActorName, e.Operation));
        Assert.Null(e.Status);
        Assert.Equal(["7"], e.Objects);
    }

    [Fact]
    public async Task Its_end_sets_it_free_with_the_outcome()
    {
        await Log.BeginAsync(_action, _context, default);
        await Log.EndAsync(_action, new(200, "on its back"), _context, default);

        var (message, e) = await TheOnlyOneAsync();
        Assert.Null(message.HeldUntil);
        Assert.Equal((_action.Id, _action.Id, 200, "on its back"), (message.Id, e.ActionId, e.Status!.Value, e.Detail));
    }

    [Fact]
    public async Task What_was_refused_is_forgotten()
    {
        await Log.BeginAsync(_action, _context, default);
        await Log.EndAsync(_action, new(409, null), _context, default);

        Assert.Equal(0, await _service.OutboxAsync());
    }

    [Fact]
    public async Task The_outcome_of_what_was_sent_meanwhile_follows_in_an_event_of_its_own()
    {
        await Log.BeginAsync(_action, _context, default);
        await _service.WithDbAsync(db => db.Set<OutboxMessage>().ExecuteDeleteAsync());
        await Log.EndAsync(_action, new(null, null), _context, default);

        var (message, e) = await TheOnlyOneAsync();
        Assert.Equal(_action.Id, e.ActionId);
        Assert.NotEqual(_action.Id, message.Id);
    }

    [Fact]
    public async Task What_never_ends_is_sent_when_its_time_is_up()
    {
        await using var service = await MessagingService.StartAsync(
            await postgres.CreateDatabaseAsync(), await broker.RunningAddressAsync(), $"audit-{Guid.NewGuid():N}", consumes: false);
        await service.HealthyAsync();
        await service.Get<IAdminActionLog>().BeginAsync(_action, _context, default);
        await service.Get<IAdminActionLog>().BeginAsync(_action with { Id = Guid.CreateVersion7() }, _context, default);

        await service.WithDbAsync(db => db.Set<OutboxMessage>().Where(message => message.Id == _action.Id).ExecuteUpdateAsync(
            set => set.SetProperty(message => message.HeldUntil, DateTimeOffset.UtcNow)));

        await Eventually.TrueAsync(async () => await service.OutboxAsync() == 1, TimeSpan.FromSeconds(20), () => "it was not sent");
    }

    private async Task<(OutboxMessage Message, AdminActionRecorded Event)> TheOnlyOneAsync()
    {
        var message = await _service.WithDbAsync(db => db.Set<OutboxMessage>().AsNoTracking().SingleAsync());
        return (message, (AdminActionRecorded)EventJson.Deserialize(System.Text.Encoding.UTF8.GetBytes(message.Payload), typeof(AdminActionRecorded)));
    }
}
