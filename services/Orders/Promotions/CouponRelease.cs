using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Promotions;

/// <summary>Gives back what cancelled orders have redeemed, in the transaction that cancels them.</summary>
internal static class CouponRelease
{
    // pk_coupon_redemptions, pk_promotions, pk_coupon_customers. A redemption is freed once. Promotions are locked in the order of
    // their ids, and a coupon's customers after it, as those who redeem it do.
    private const string Statement = """
        with freed as (
            update coupon_redemptions set freed_at = @now where order_id = any(@orders) and freed_at is null returning promotion_id, customer
        ),
        coupons as materialized (
            select id from promotions where id in (select promotion_id from freed) order by id for no key update
        ),
        counted as (
            update promotions p set redeemed = p.redeemed - f.orders
            from (select id, count(*) as orders from coupons join freed on promotion_id = id group by id) f
            where p.id = f.id
            returning p.id
        )
        update coupon_customers c set redeemed = c.redeemed - f.orders
        from (select id, customer, count(*) as orders from counted join freed on promotion_id = id group by id, customer) f
        where c.promotion_id = f.id and c.customer = f.customer
        """;

    public static Task<int> FreeCouponsAsync(this DbContext db, IReadOnlyList<Guid> orders, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.ExecuteAsync(
            Statement,
            [new("orders", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = orders.ToArray() }, new("now", now)],
            cancellationToken);
}
