using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Placing;

namespace ShopFlow.Orders.Promotions;

/// <summary>POST /admin/promotions. With an Idempotency-Key a repetition gets the first answer, and makes no second promotion.</summary>
internal static class CreatePromotion
{
    public static async Task<Results<Created<PromotionView>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        PromotionForm form,
        HttpResponse response,
        Shopper caller,
        OrdersDbContext db,
        PromotionSaving saving,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (key is not null && !IdempotencyKey.IsValid(key))
            return IdempotencyKey.Required();
        if (PromotionRules.Check(form).Problem is { } invalid)
            return invalid;

        var claim = key is null ? null : IdempotencyKey.Of(caller, email: null, key, RequestBytes(form));
        if (claim is not null && await db.FindAnswerAsync(claim, cancellationToken) is { } earlier)
            return AnswerAgain(earlier, claim, response);

        var now = time.GetUtcNow().ToMicroseconds();
        var promotion = form.ToPromotion(Guid.CreateVersion7(now), caller.UserId!, now);
        var view = PromotionView.Of(promotion, now);
        db.Promotions.Add(promotion);
        if (claim is not null)
            db.PlacedRequests.Add(claim.Answered(promotion.Id, StatusCodes.Status201Created, JsonSerializer.Serialize(view, OrdersJsonContext.Default.PromotionView), now));

        if (await saving.SaveAsync(cancellationToken) is not { } refused)
            return Answer(view, response);

        // By a twin, perhaps.
        return claim is not null && await db.FindAnswerAsync(claim, cancellationToken) is { } meanwhile ? AnswerAgain(meanwhile, claim, response) : refused;
    }

    private static Results<Created<PromotionView>, ValidationProblem, ProblemHttpResult> AnswerAgain(
        PlacedRequest earlier, IdempotencyKey claim, HttpResponse response) =>
        claim.IsOf(earlier)
            ? Answer(JsonSerializer.Deserialize(earlier.Answer, OrdersJsonContext.Default.PromotionView)!, response)
            : IdempotencyKey.Reused();

    private static Created<PromotionView> Answer(PromotionView view, HttpResponse response)
    {
        response.SetETag(Promotion.FirstVersion);
        return TypedResults.Created($"/admin/promotions/{view.Id}", view);
    }

    // The same body means something else at another address.
    private static byte[] RequestBytes(PromotionForm form) =>
        [.. "/admin/promotions"u8, .. JsonSerializer.SerializeToUtf8Bytes(form, OrdersJsonContext.Default.PromotionForm)];
}
