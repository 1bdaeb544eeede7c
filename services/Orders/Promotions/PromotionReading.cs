using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Promotions;

/// <summary>GET /admin/promotions, newest first, and GET /admin/promotions/{id}.</summary>
internal static class PromotionReading
{
    public static async Task<Results<Ok<PromotionPage>, ValidationProblem>> ListAsync(
        OrdersDbContext db, TimeProvider time, CancellationToken cancellationToken,
        string? status = null, string? code = null, int? limit = null, string? next = null)
    {
        var validator = new Validator();
        var keyset = Keyset.Read(limit, next, validator);
        var wanted = PromotionStatus.Active;
        validator.Check(
            status is null || (Enum.TryParse(status, ignoreCase: true, out wanted) && Enum.IsDefined(wanted) && !char.IsAsciiDigit(status[0])),
            "status",
            $"must be one of {string.Join(", ", Enum.GetNames<PromotionStatus>())}");
        validator.Check(code is null || Texts.IsLine(code, 40), "code", "must have 1 to 40 characters");
        if (validator.Problem is { } invalid)
            return invalid;

        var now = time.GetUtcNow();
        var promotions = db.Promotions.AsNoTracking();
        if (code is not null)
            promotions = promotions.Where(promotion => promotion.Code == code.ToUpperInvariant());
        if (status is not null)
            promotions = promotions.Where(StatusIs(wanted, now));

        // pk_promotions, backwards, or ix_promotions_code.
        var following = keyset.Before is { } before ? promotions.Where(promotion => promotion.Id.CompareTo(before) < 0) : promotions;
        var found = await following.OrderByDescending(promotion => promotion.Id).Take(keyset.Size + 1).ToListAsync(cancellationToken);
        var (page, more) = keyset.Cut(found, promotion => promotion.Id);
        return TypedResults.Ok(new PromotionPage(
            page.ConvertAll(promotion => PromotionView.Of(promotion, now)), await promotions.CountAsync(cancellationToken), more));
    }

    public static async Task<Results<Ok<PromotionView>, ProblemHttpResult>> GetAsync(
        Guid id, HttpResponse response, OrdersDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.Promotions.AsNoTracking().SingleOrDefaultAsync(promotion => promotion.Id == id, cancellationToken) is not { } promotion)
            return NotFound(id);

        response.SetETag(promotion.Version);
        return TypedResults.Ok(PromotionView.Of(promotion, time.GetUtcNow()));
    }

    public static ProblemHttpResult NotFound(Guid id) => Problems.NotFound($"There is no promotion {id}.");

    /// <summary>What a change has to name in If-Match.</summary>
    public static void SetETag(this HttpResponse response, int version) => response.Headers.ETag = $"\"{version}\"";

    // As Promotion.StatusAt.
    private static Expression<Func<Promotion, bool>> StatusIs(PromotionStatus status, DateTimeOffset now) => status switch
    {
        PromotionStatus.Ended => promotion => promotion.EndsAt <= now,
        PromotionStatus.Scheduled => promotion => promotion.StartsAt > now && (promotion.EndsAt == null || promotion.EndsAt > now),
        _ => promotion => (promotion.StartsAt == null || promotion.StartsAt <= now) && (promotion.EndsAt == null || promotion.EndsAt > now),
    };
}
