using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Promotions;

/// <summary>
/// PUT /admin/promotions/{id}, with the ETag that it was made from, and POST /admin/promotions/{id}/end. Orders keep what they were
/// placed with, whatever becomes of a promotion.
/// </summary>
internal static class ChangePromotion
{
    public static async Task<Results<Ok<PromotionView>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid id,
        PromotionForm form,
        HttpContext context,
        OrdersDbContext db,
        PromotionSaving saving,
        CurrentUser caller,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (context.Request.Headers.IfMatch is not [{ } eTag] || !int.TryParse(eTag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seen))
            return Problems.Create(StatusCodes.Status428PreconditionRequired, "if-match-required", "Send the ETag of the promotion in If-Match.");

        var validator = PromotionRules.Check(form);
        if (validator.Problem is { } invalid)
            return invalid;

        if (await db.Promotions.AsTracking().SingleOrDefaultAsync(promotion => promotion.Id == id, cancellationToken) is not { } promotion)
            return PromotionReading.NotFound(id);
        if (promotion.Version != seen)
            return ChangedMeanwhile();

        validator.Check(form.Code?.ToUpperInvariant() == promotion.Code, "code", "can't be changed");
        validator.Check(form.LimitTotal is null || form.LimitTotal >= promotion.Redeemed, "limitTotal", $"must be at least {promotion.Redeemed}, which are redeemed");
        if (validator.Problem is { } contradiction)
            return contradiction;

        form.CopyTo(promotion);
        promotion.Stamp(caller.Id, time.GetUtcNow().ToMicroseconds());
        try
        {
            if (await saving.SaveAsync(cancellationToken) is { } refused)
                return refused;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChangedMeanwhile();
        }

        context.Response.SetETag(promotion.Version);
        return TypedResults.Ok(PromotionView.Of(promotion, promotion.ChangedAt));
    }

    /// <summary>Ending twice is the same as once.</summary>
    public static async Task<Results<Ok<PromotionView>, ProblemHttpResult>> EndAsync(
        Guid id,
        HttpResponse response,
        OrdersDbContext db,
        CurrentPromotions current,
        CurrentUser caller,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var promotion = await db.Promotions
            .FromSql($"select * from promotions where id = {id} for no key update")
            .AsTracking()
            .SingleOrDefaultAsync(cancellationToken);
        if (promotion is null)
            return PromotionReading.NotFound(id);

        var now = time.GetUtcNow().ToMicroseconds();
        if (promotion.StatusAt(now) is not PromotionStatus.Ended)
        {
            promotion.EndsAt = now;
            promotion.Stamp(caller.Id, now);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        await current.LoadAsync(cancellationToken);
        response.SetETag(promotion.Version);
        return TypedResults.Ok(PromotionView.Of(promotion, now));
    }

    private static ProblemHttpResult ChangedMeanwhile() =>
        Problems.PreconditionFailed("The promotion was changed in the meantime. Read it again and repeat the edit.");
}
