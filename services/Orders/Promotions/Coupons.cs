using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Promotions;

/// <summary>Finds the promotion of a code. Whether it may be redeemed once more is decided by the database when an order is placed.</summary>
internal sealed class Coupons(OrdersDbContext db, TimeProvider time)
{
    /// <summary>The field of a request that a coupon is named in.</summary>
    public const string Field = "promotionCode";

    private const string UsedUp = "was redeemed as often as it may be";
    private const string UsedUpByCustomer = "was redeemed as often as one customer may";

    // ix_promotions_code, pk_coupon_customers
    private static readonly Func<OrdersDbContext, string, string?, CancellationToken, Task<KnownCoupon?>> Query = EF.CompileAsyncQuery(
        (OrdersDbContext db, string code, string? customer, CancellationToken _) => db.Promotions.AsNoTracking()
            .Where(promotion => promotion.Code == code)
            .Select(promotion => new KnownCoupon(
                promotion,
                db.CouponCustomers.Where(own => own.PromotionId == promotion.Id && own.Customer == customer).Sum(own => own.Redeemed)))
            .SingleOrDefault());

    private sealed record KnownCoupon(Promotion Promotion, int RedeemedByCustomer);

    /// <param name="code">As the shopper wrote it.</param>
    /// <param name="customer">Whose limit counts; null when it isn't known yet.</param>
    /// <param name="validator">Is told why there is none.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<Promotion?> FindAsync(string code, string? customer, Validator validator, CancellationToken cancellationToken)
    {
        var found = await Query(db, code.ToUpperInvariant(), customer, cancellationToken);
        var why = found is null ? "is not known" : WhyNot(found, time.GetUtcNow());
        return validator.Check(why is null, Field, why ?? "") ? found!.Promotion : null;
    }

    /// <summary>What the database says when the last redemption went to somebody else; null for any other error.</summary>
    public static string? RefusalIn(PostgresException exception) => exception.ConstraintName switch
    {
        PromotionTables.TotalLimit => UsedUp,
        PromotionTables.CustomerLimit => UsedUpByCustomer,
        _ => null,
    };

    private static string? WhyNot(KnownCoupon coupon, DateTimeOffset now) => coupon.Promotion.StatusAt(now) switch
    {
        PromotionStatus.Scheduled => "is not valid yet",
        PromotionStatus.Ended => "is not valid any more",
        _ when coupon.Promotion.Redeemed >= coupon.Promotion.LimitTotal => UsedUp,
        _ when coupon.RedeemedByCustomer >= coupon.Promotion.LimitPerCustomer => UsedUpByCustomer,
        _ => null,
    };
}
