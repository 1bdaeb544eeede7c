using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.History;

/// <summary>A page of orders or promotions, newest first: those before the last one of the page before. Ids are in the order of time.</summary>
internal sealed record Keyset(int Size, Guid? Before)
{
    private const int DefaultLimit = 20;
    private const int MostAtOnce = 100;

    /// <summary>What is wrong with the parameters is told to the validator.</summary>
    public static Keyset Read(int? limit, string? next, Validator validator)
    {
        var before = Guid.Empty;
        var size = limit ?? DefaultLimit;
        validator.Check(size is >= 1 and <= MostAtOnce, "limit", $"must be between 1 and {MostAtOnce}");
        validator.Check(string.IsNullOrEmpty(next) || Guid.TryParseExact(next, "N", out before), "next", "must be what an earlier page gave");
        return new(size, string.IsNullOrEmpty(next) ? null : before);
    }

    /// <returns>The orders with their lines, and what to send as <c>next</c> for more.</returns>
    public async Task<(List<Order> Orders, string? Next)> PageAsync(IQueryable<Order> orders, CancellationToken cancellationToken)
    {
        var following = Before is { } before ? orders.Where(order => order.Id.CompareTo(before) < 0) : orders;
        var found = await following.OrderByDescending(order => order.Id).Take(Size + 1).Include(order => order.Lines).ToListAsync(cancellationToken);
        return Cut(found, order => order.Id);
    }

    /// <param name="found">One more than a page if there are as many.</param>
    /// <param name="idOf">What they are sorted by.</param>
    public (List<T> Page, string? Next) Cut<T>(List<T> found, Func<T, Guid> idOf)
    {
        var page = found[..Math.Min(Size, found.Count)];
        return (page, found.Count > Size ? idOf(page[^1]).ToString("N") : null);
    }
}
