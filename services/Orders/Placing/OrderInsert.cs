using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;
using static ShopFlow.ServiceDefaults.Statements;

namespace ShopFlow.Orders.Placing;

/// <summary>
/// The order, its answer under the Idempotency-Key, its history and its event in one statement, which is one round trip and a
/// transaction of its own. The key decides: without a place for it nothing else is inserted.
/// </summary>
internal static class OrderInsert
{
    // pk_placed_requests: a twin that is being inserted elsewhere is waited for.
    private const string Placing = """
        with claim as (
            insert into placed_requests (user_id, key, request_hash, order_id, access_salt, status_code, answer, created_at)
            values (@owner, @key, @request_hash, @id, @access_salt, @status_code, @answer, @now)
            on conflict (user_id, key) do nothing
            returning order_id
        ),
        placed as (
            insert into orders (
                id, user_id, email, access_key_hash, payment_method, shipping_address, shipping_option, currency, subtotal, discount,
                shipping, shipping_discount, discounts, coupon_id, shipping_tax, tax, tax_included, total, rates_version, created_at, state, step, deadline, captured, refunded, shipping_refunded)
            select
                @id, @user_id, @email, @access_key_hash, @payment_method, @shipping_address, @shipping_option, @currency, @subtotal, @discount,
                @shipping, @shipping_discount, @discounts, @coupon_id, @shipping_tax, @tax, @tax_included, @total, @rates_version, @now, @state, 1, @deadline, 0, 0, 0
            from claim
        ),
        lines as (
            insert into order_lines (
                order_id, position, sku, product_id, name, quantity, unit_price, discount, tax_class, tax_rate, tax, weight_grams,
                packed, shipped, delivered, return_requested, returned, refunded_quantity, refunded_amount, refunded_tax)
            select
                @id, line.position - 1, sku, product_id, name, quantity, unit_price, discount, tax_class, tax_rate, tax, weight_grams,
                0, 0, 0, 0, 0, 0, 0, 0
            from claim
            cross join unnest(@skus, @product_ids, @names, @quantities, @unit_prices, @discounts_of_lines, @tax_classes, @tax_rates, @taxes, @weights)
                with ordinality as line (sku, product_id, name, quantity, unit_price, discount, tax_class, tax_rate, tax, weight_grams, position)
        ),
        history as (
            insert into status_changes (order_id, step, state, at) select @id, 1, @state, @now from claim
        ),
        event as (
            insert into outbox_messages (id, name, payload, trace_parent, occurred_at)
            select @event_id, @event_name, @event, @trace_parent, @occurred_at from claim
        )
        """;

    // pk_promotions, pk_coupon_customers. The limits are check constraints: whoever would exceed one fails with the whole order.
    private const string Redeeming = """
        ,
        coupon as (
            update promotions set redeemed = redeemed + 1 from claim where id = @coupon_id returning id, limit_per_customer
        ),
        customer as (
            insert into coupon_customers (promotion_id, customer, redeemed, most)
            select id, @customer, 1, limit_per_customer from coupon
            on conflict (promotion_id, customer) do update set redeemed = coupon_customers.redeemed + 1, most = excluded.most
        ),
        redemption as (
            insert into coupon_redemptions (order_id, promotion_id, customer, redeemed_at) select @id, id, @customer, @now from coupon
        )
        """;

    private const string Outcome = " select order_id from claim";
    private const string Statement = Placing + Outcome;
    private const string StatementWithCoupon = Placing + Redeeming + Outcome;

    /// <summary>False, and nothing was inserted, when the key has its answer already. The coupon is redeemed by the customer.</summary>
    /// <exception cref="PostgresException">The coupon is used up: see <see cref="Promotions.Coupons.RefusalIn"/>. Nothing was inserted.</exception>
    public static async Task<bool> TryInsertAsync(
        this OrdersDbContext db, Order order, string customer, PlacedRequest answer, OutboxMessage told, CancellationToken cancellationToken)
    {
        IEnumerable<NpgsqlParameter> parameters =
            [new("customer", customer), .. OfAnswer(answer), .. OfOrder(order), .. OfLines(order.Lines), .. OfEvent(told)];
        var placed = await db.QueryAsync(order.CouponId is null ? Statement : StatementWithCoupon, parameters, row => row.GetGuid(0), cancellationToken);
        if (placed is [])
            return false;

        db.WakeOutbox();
        return true;
    }

    private static NpgsqlParameter[] OfAnswer(PlacedRequest answer) =>
    [
        new("owner", answer.UserId),
        new("key", answer.Key),
        new("request_hash", answer.RequestHash),
        Nullable("access_salt", NpgsqlDbType.Bytea, answer.AccessSalt),
        new("status_code", answer.StatusCode),
        new("answer", answer.Answer),
    ];

    private static NpgsqlParameter[] OfOrder(Order order) =>
    [
        new("id", order.Id),
        new("user_id", order.UserId),
        Nullable("email", NpgsqlDbType.Text, order.Email),
        Nullable("access_key_hash", NpgsqlDbType.Bytea, order.AccessKeyHash),
        new("payment_method", order.PaymentMethod),
        Nullable("shipping_address", NpgsqlDbType.Jsonb, AddressOf(order)),
        Nullable("shipping_option", NpgsqlDbType.Text, order.ShippingOption),
        new("currency", order.Currency),
        new("subtotal", order.Subtotal),
        new("discount", order.Discount),
        new("shipping", order.Shipping),
        new("shipping_discount", order.ShippingDiscount),
        Nullable("discounts", NpgsqlDbType.Jsonb, DiscountsOf(order)),
        Nullable("coupon_id", NpgsqlDbType.Uuid, order.CouponId),
        new("shipping_tax", order.ShippingTax),
        new("tax", order.Tax),
        new("tax_included", order.TaxIncluded),
        new("total", order.Total),
        Nullable("rates_version", NpgsqlDbType.Integer, order.RatesVersion),
        new("now", order.CreatedAt),
        new("state", order.State.ToString()),
        Nullable("deadline", NpgsqlDbType.TimestampTz, order.Deadline),
    ];

    private static NpgsqlParameter[] OfLines(List<OrderedItem> lines) =>
    [
        new("skus", lines.ConvertAll(line => line.Sku)),
        new("product_ids", lines.ConvertAll(line => line.ProductId)),
        new("names", lines.ConvertAll(line => line.Name)),
        new("quantities", lines.ConvertAll(line => line.Quantity)),
        new("unit_prices", lines.ConvertAll(line => line.UnitPrice)),
        new("discounts_of_lines", lines.ConvertAll(line => line.Discount)),
        new("tax_classes", lines.ConvertAll(line => line.TaxClass)),
        new("tax_rates", lines.ConvertAll(line => line.TaxRate)),
        new("taxes", lines.ConvertAll(line => line.Tax)),
        new("weights", lines.ConvertAll(line => line.WeightGrams)),
    ];

    private static NpgsqlParameter[] OfEvent(OutboxMessage told) =>
    [
        new("event_id", told.Id),
        new("event_name", told.Name),
        new("event", NpgsqlDbType.Json) { Value = told.Payload },
        Nullable("trace_parent", NpgsqlDbType.Text, told.TraceParent),
        new("occurred_at", told.OccurredAt),
    ];

    private static string? DiscountsOf(Order order) => order.Discounts is { } discounts
        ? JsonSerializer.Serialize(discounts, OrdersJsonContext.Default.IReadOnlyListAppliedDiscount)
        : null;

    private static string? AddressOf(Order order) => order.ShippingAddress is { } address
        ? JsonSerializer.Serialize(address, OrdersJsonContext.Default.ShippingAddress)
        : null;
}
