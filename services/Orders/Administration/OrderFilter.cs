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
/// <param name="Query">The id of the order or of its payment, a SKU, or a part of an e-mail address or of the name of a product.</param>
internal sealed record OrderFilter(
    [FromQuery(Name = "status")] string? Status = null,
    [FromQuery(Name = "userId")] string? UserId = null,
    [FromQuery(Name = "from")] DateTimeOffset? From = null,
    [FromQuery(Name = "to")] DateTimeOffset? To = null,
    [FromQuery(Name = "query")] string? Query = null)
{
    private const int LongestQuery = 254;

    private OrderStatus KnownStatus => Enum.Parse<OrderStatus>(Status!, ignoreCase: true);

    public void Check(Validator validator)
    {
        validator.CheckName<OrderStatus>(Status, "status");
        validator.Check(UserId is null || Texts.IsLine(UserId, 64), "userId", "must be the id of a user");
        validator.Check(Query is null || Texts.IsLine(Query, LongestQuery), "query", $"must have 1 to {LongestQuery} characters and no control characters");
    }

    // ix_orders_state_id, ix_orders_user_id_id, or pk_orders for all of them and for the time.
    public IQueryable<Order> Apply(IQueryable<Order> orders)
    {
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
        return Query is null ? orders : Search(orders, Query);
    }

    // Text is looked for in every order that the other filters leave: an index would cost each order that is placed.
    private static IQueryable<Order> Search(IQueryable<Order> orders, string text)
    {
        if (Guid.TryParse(text, out var id))
            return orders.Where(order => order.Id == id || order.PaymentId == id);

        var pattern = LikePattern.Containing(text);
        return orders.Where(order =>
            EF.Functions.ILike(order.Email!, pattern, LikePattern.Escape) || order.Lines.Any(line => line.Sku == text || EF.Functions.ILike(line.Name, pattern, LikePattern.Escape)));
    }
}
