using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Notifications.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Notifications.Delivering;

/// <summary>What is on its way and what was given up: to their webhooks for customers, all of it for admins.</summary>
internal static class DeliveriesApi
{
    private const int MostAtOnce = 100;

    public static void MapOwnDeliveries(this IEndpointRouteBuilder notifications)
    {
        notifications.MapGet("/webhooks/deliveries", ListOwnAsync).WithName("ListWebhookDeliveries");
        notifications.MapPost("/webhooks/deliveries/{id:guid}/replay", ReplayOwnAsync).WithName("ReplayWebhookDelivery")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public static void MapAllDeliveries(this IEndpointRouteBuilder app)
    {
        var deliveries = app.MapGroup("/admin/deliveries").RequireAuthorization(Policies.Admin).WithTags("Notifications");
        deliveries.MapGet("/", ListAllAsync).WithName("ListDeliveries");
        deliveries.MapPost("/{id:guid}/replay", ReplayAnyAsync).WithName("ReplayDelivery").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Task<Results<Ok<DeliveryPage>, ValidationProblem>> ListOwnAsync(
        CurrentUser caller, NotificationsDbContext db, CancellationToken cancellationToken, DeliveryState? state = null, int limit = 20, string? next = null) =>
        ListAsync(db, Own(db, caller), state, limit, next, cancellationToken);

    private static Task<Results<Ok<DeliveryPage>, ValidationProblem>> ListAllAsync(
        NotificationsDbContext db, CancellationToken cancellationToken, DeliveryState? state = null, int limit = 20, string? next = null) =>
        ListAsync(db, db.Deliveries, state, limit, next, cancellationToken);

    private static Task<Results<Accepted, ProblemHttpResult>> ReplayOwnAsync(
        Guid id, CurrentUser caller, NotificationsDbContext db, DeliverySignal signal, DeliveryOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        ReplayAsync(db, Own(db, caller), id, signal, options, time.GetUtcNow(), cancellationToken);

    private static Task<Results<Accepted, ProblemHttpResult>> ReplayAnyAsync(
        Guid id, NotificationsDbContext db, DeliverySignal signal, DeliveryOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        ReplayAsync(db, db.Deliveries, id, signal, options, time.GetUtcNow(), cancellationToken);

    // ix_webhooks_user_id, ix_deliveries_webhook_id
    private static IQueryable<Delivery> Own(NotificationsDbContext db, CurrentUser caller) =>
        db.Deliveries.Where(delivery => db.Webhooks.Any(webhook => webhook.Id == delivery.WebhookId && webhook.UserId == caller.Id));

    private static async Task<Results<Ok<DeliveryPage>, ValidationProblem>> ListAsync(
        NotificationsDbContext db, IQueryable<Delivery> deliveries, DeliveryState? state, int limit, string? next, CancellationToken cancellationToken)
    {
        var validator = new Validator();
        DeliveryPlace? after = null;
        validator.Check(limit is >= 1 and <= MostAtOnce, "limit", $"must be between 1 and {MostAtOnce}");
        validator.Check(string.IsNullOrEmpty(next) || DeliveryPlace.TryDecode(next, out after), "next", "must be what an earlier page gave");
        if (validator.Problem is { } invalid)
            return invalid;

        if (state is not null)
            deliveries = deliveries.Where(delivery => delivery.State == state);

        // ix_deliveries_created_at_id, ix_deliveries_dead
        var following = after is null ? deliveries : deliveries.Where(delivery => EF.Functions.LessThan(
            ValueTuple.Create(delivery.CreatedAt, delivery.Id), ValueTuple.Create(after.CreatedAt, after.Id)));
        var found = await following
            .OrderByDescending(delivery => delivery.CreatedAt).ThenByDescending(delivery => delivery.Id)
            .Take(limit + 1)
            .Join(db.Notifications, delivery => delivery.NotificationId, notification => notification.Id, (d, n) => new { d, n })
            .OrderByDescending(told => told.d.CreatedAt).ThenByDescending(told => told.d.Id)
            .Select(told => new DeliveryView(
                told.d.Id, told.n.Id, told.n.Type, told.d.WebhookId, told.d.State, told.d.Attempts, told.d.Error, told.d.DueAt, told.d.CreatedAt))
            .ToListAsync(cancellationToken);

        var shown = found[..Math.Min(limit, found.Count)];
        return TypedResults.Ok(new DeliveryPage(shown, found.Count > limit ? new DeliveryPlace(shown[^1].CreatedAt, shown[^1].Id).Encode() : null));
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> ReplayAsync(
        NotificationsDbContext db,
        IQueryable<Delivery> deliveries,
        Guid id,
        DeliverySignal signal,
        DeliveryOptions options,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // The link of a password reset was forgotten when it was given up, and is too old by then: its owner asks for another.
        var replayed = await deliveries
            .Where(delivery => delivery.Id == id && delivery.State == DeliveryState.Dead)
            .Where(delivery => !db.Notifications.Any(told => told.Id == delivery.NotificationId && told.Type == NotificationType.PasswordReset))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(delivery => delivery.State, DeliveryState.Waiting)
                    .SetProperty(delivery => delivery.Attempts, 0)
                    .SetProperty(delivery => delivery.DueAt, now)
                    .SetProperty(delivery => delivery.GivesUpAt, now + options.GiveUpAfter),
                cancellationToken);
        if (replayed == 0)
            return Problems.NotFound("There is no such dead delivery that could be sent again.");

        signal.Set();
        return TypedResults.Accepted((string?)null);
    }
}
