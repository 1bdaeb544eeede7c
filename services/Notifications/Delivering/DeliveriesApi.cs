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
        CurrentUser caller, NotificationsDbContext db, CancellationToken cancellationToken, DeliveryState? state = null, int limit = 20, Guid? next = null) =>
        ListAsync(db, Own(db, caller), state, limit, next, cancellationToken);

    private static Task<Results<Ok<DeliveryPage>, ValidationProblem>> ListAllAsync(
        NotificationsDbContext db, CancellationToken cancellationToken, DeliveryState? state = null, int limit = 20, Guid? next = null) =>
        ListAsync(db, db.Deliveries, state, limit, next, cancellationToken);

    private static Task<Results<Accepted, ProblemHttpResult>> ReplayOwnAsync(
        Guid id, CurrentUser caller, NotificationsDbContext db, DeliveryOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        ReplayAsync(db, Own(db, caller), id, options, time.GetUtcNow(), cancellationToken);

    private static Task<Results<Accepted, ProblemHttpResult>> ReplayAnyAsync(
        Guid id, NotificationsDbContext db, DeliveryOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        ReplayAsync(db, db.Deliveries, id, options, time.GetUtcNow(), cancellationToken);

    // ix_webhooks_user_id, ix_deliveries_webhook_id
    private static IQueryable<Delivery> Own(NotificationsDbContext db, CurrentUser caller) =>
        db.Deliveries.Where(delivery => db.Webhooks.Any(webhook => webhook.Id == delivery.WebhookId && webhook.UserId == caller.Id));

    private static async Task<Results<Ok<DeliveryPage>, ValidationProblem>> ListAsync(
        NotificationsDbContext db, IQueryable<Delivery> deliveries, DeliveryState? state, int limit, Guid? next, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MostAtOnce)
            return Problems.Invalid("limit", $"must be between 1 and {MostAtOnce}");

        if (state is not null)
            deliveries = deliveries.Where(delivery => delivery.State == state);
        if (next is not null)
            deliveries = deliveries.Where(delivery => delivery.Id > next);

        var found = await deliveries
            .OrderBy(delivery => delivery.Id)
            .Take(limit + 1)
            .Join(
                db.Notifications,
                delivery => delivery.NotificationId,
                notification => notification.Id,
                (d, n) => new DeliveryView(d.Id, n.Id, n.Type, d.WebhookId, d.State, d.Attempts, d.Error, d.DueAt, d.CreatedAt))
            .ToListAsync(cancellationToken);

        var shown = found.OrderBy(delivery => delivery.Id).Take(limit).ToList();
        return TypedResults.Ok(new DeliveryPage(shown, found.Count > limit ? shown[^1].Id : null));
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> ReplayAsync(
        NotificationsDbContext db, IQueryable<Delivery> deliveries, Guid id, DeliveryOptions options, DateTimeOffset now, CancellationToken cancellationToken)
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
        return replayed > 0 ? TypedResults.Accepted((string?)null) : Problems.NotFound("There is no such dead delivery that could be sent again.");
    }
}
