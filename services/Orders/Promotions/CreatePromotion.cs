using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Promotions;

/// <summary>POST /admin/promotions.</summary>
internal static class CreatePromotion
{
    public static async Task<Results<Created<PromotionView>, ValidationProblem>> HandleAsync(
        PromotionForm form,
        HttpResponse response,
        OrdersDbContext db,
        PromotionSaving saving,
        CurrentUser caller,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (PromotionRules.Check(form).Problem is { } invalid)
            return invalid;

        var now = time.GetUtcNow().ToMicroseconds();
        var promotion = new Promotion
        {
            Id = Guid.CreateVersion7(now),
            Name = form.Name!,
            Code = form.Code?.ToUpperInvariant(),
            Terms = form.Terms!,
            CreatedAt = now,
            ChangedAt = now,
            ChangedBy = caller.Id,
        };
        form.CopyTo(promotion);
        db.Promotions.Add(promotion);
        if (await saving.SaveAsync(cancellationToken) is { } refused)
            return refused;

        response.SetETag(promotion);
        return TypedResults.Created($"/admin/promotions/{promotion.Id}", PromotionView.Of(promotion, now));
    }
}
