using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Administration;

/// <summary>Which orders an administrator wants to see.</summary>
/// <param name="Status">As shoppers see it.</param>
/// <param name="UserId">Whose; of a guest <c>guest:</c> and the id of the order.</param>
/// <param name="From">Placed then or later.</param>
/// <param name="To">Placed before.</param>
/// <param name="Query">The id of the order or of its payment, a SKU, or a part, from three characters on, of an e-mail address or of the name of a product.</param>
internal sealed record OrderFilter(
    [FromQuery(Name = "status")] string? Status = null,
    [FromQuery(Name = "userId")] string? UserId = null,
    [FromQuery(Name = "from")] DateTimeOffset? From = null,
    [FromQuery(Name = "to")] DateTimeOffset? To = null,
    [FromQuery(Name = "query")] string? Query = null)
{
    private const int LongestQuery = 254;
    private const int Trigram = 3;

    private OrderStatus KnownStatus => Enum.Parse<OrderStatus>(Status!, ignoreCase: true);

    public void Check(Validator validator)
    {
        validator.CheckName<OrderStatus>(Status, "status");
        validator.Check(UserId is null || Texts.IsLine(UserId, 64), "userId", "must be the id of a user");
        validator.Check(Query is null || Texts.IsLine(Query, LongestQuery), "query", $"must have 1 to {LongestQuery} characters and no control characters");
    }

    // ix_orders_state_id, ix_orders_user_id_id, or pk_orders for all of them and for the time.
    public IQueryable<Order> Of(OrdersDbContext db)
    {
        var orders = (Query is null ? db.Orders : Search(db, Query)).AsNoTracking();
        if (Status is not null)
        {
            var states = Enum.GetValues<OrderState>().Where(state => Order.StatusOf(state) == KnownStatus).ToArray();
            orders = orders.Where(order => states.Contains(order.State));
        }

        if (UserId is not null)
            orders = orders.Where(order => order.UserId == UserId);
        if (From is { } from)
            orders = orders.Where(order => order.Id.CompareTo(TimeOrderedId.FirstAt(from)) >= 0);
        if (To is { } to)
            orders = orders.Where(order => order.Id.CompareTo(TimeOrderedId.FirstAt(to)) < 0);
        return orders;
    }

    private static IQueryable<Order> Search(OrdersDbContext db, string text)
    {
        // pk_orders, ix_orders_payment_id
        if (Guid.TryParse(text, out var id))
            return db.Orders.Where(order => order.Id == id || order.PaymentId == id);

        // ix_order_lines_sku, ix_order_lines_name, ix_orders_email. Found first, as an array: the planner would rather read all orders, newest
        // first, until it has a page. The index knows no part of a word that is shorter than three characters.
        var pattern = LikePattern.Containing(text);
        if (text.Length < Trigram)
            pattern = pattern[1..^1];
        return db.Orders.FromSql($"""
            select * from orders where id = any(array(
                select order_id from order_lines where sku = {text}
                union all
                select order_id from order_lines where name ilike {pattern}
                union all
                select id from orders where email ilike {pattern}))
            """);
    }
}
