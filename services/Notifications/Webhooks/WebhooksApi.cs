using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Notifications.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Notifications.Webhooks;

/// <summary>A customer's own webhooks.</summary>
internal static class WebhooksApi
{
    public static void MapWebhooks(this IEndpointRouteBuilder notifications)
    {
        var webhooks = notifications.MapGroup("/webhooks");
        webhooks.MapGet("/", ListAsync).WithName("ListWebhooks");
        webhooks.MapPost("/", RegisterAsync).WithName("RegisterWebhook").ProducesProblem(StatusCodes.Status409Conflict);
        webhooks.MapDelete("/{id:guid}", RemoveAsync).WithName("RemoveWebhook").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<WebhookList>> ListAsync(CurrentUser caller, NotificationsDbContext db, CancellationToken cancellationToken)
    {
        // ix_webhooks_user_id
        var own = await db.Webhooks
            .AsNoTracking()
            .Where(webhook => webhook.UserId == caller.Id)
            .OrderBy(webhook => webhook.Id)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new WebhookList([.. own.Select(webhook => new WebhookView(webhook.Id, webhook.Url, webhook.Types, webhook.CreatedAt))]));
    }

    private static async Task<Results<Created<RegisteredWebhook>, ValidationProblem, ProblemHttpResult>> RegisterAsync(
        RegisterWebhookRequest request,
        CurrentUser caller,
        NotificationsDbContext db,
        WebhookOptions options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var validator = new Validator();
        request.Check(validator, options);
        if (validator.Problem is { } invalid)
            return invalid;

        var now = time.GetUtcNow();
        var webhook = new Webhook
        {
            Id = Guid.CreateVersion7(now),
            UserId = caller.Id,
            Url = request.Url!,
            Secret = request.Secret ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
            Types = request.WantedTypes,
            CreatedAt = now,
        };

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({caller.Id}, 0))", cancellationToken);
        if (await db.Webhooks.CountAsync(known => known.UserId == caller.Id, cancellationToken) >= options.MostPerUser)
            return Problems.Conflict("too-many-webhooks", $"You have {options.MostPerUser} webhooks. Remove one first.");

        db.Webhooks.Add(webhook);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created(
            $"/notifications/webhooks/{webhook.Id}",
            new RegisteredWebhook(webhook.Id, webhook.Url, webhook.Types, webhook.CreatedAt, webhook.Secret));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid id, CurrentUser caller, NotificationsDbContext db, CancellationToken cancellationToken) =>
        await db.Webhooks.Where(webhook => webhook.Id == id && webhook.UserId == caller.Id).ExecuteDeleteAsync(cancellationToken) > 0
            ? TypedResults.NoContent()
            : Problems.NotFound("There is no such webhook.");
}
