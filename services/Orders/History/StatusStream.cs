using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Placing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.History;

/// <summary>
/// GET /orders/{id}/events: server-sent events named "status", all from the first on, and an end when the order is no longer pending.
/// A comment every few seconds keeps proxies from closing the connection.
/// </summary>
internal static class StatusStream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    public static async Task<IResult> HandleAsync(
        Guid id,
        [FromHeader(Name = "Last-Event-ID")] int? lastSeen,
        Shopper caller,
        OrdersDbContext db,
        StatusFeed feed,
        HttpContext context,
        IHostApplicationLifetime lifetime,
        CancellationToken cancellationToken)
    {
        var order = await db.Orders.VisibleTo(caller)
            .Where(order => order.Id == id)
            .Select(order => new { order.State, order.Step })
            .SingleOrDefaultAsync(cancellationToken);
        if (order is null)
            return Problems.NotFound($"There is no order {id}.");

        // A browser follows again after each end; this tells it that it has seen the last.
        if (lastSeen >= order.Step && Order.StatusOf(order.State) is not OrderStatus.Pending)
            return TypedResults.NoContent();

        // A stop doesn't wait for orders that take long: the client connects again, to another replica.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            using var follower = feed.Follow(id, lastSeen ?? 0);
            await WriteAsync(context.Response, follower.Changes, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client has gone, or this replica is going.
        }

        return TypedResults.Empty;
    }

    private static async Task WriteAsync(HttpResponse response, ChannelReader<StatusChange> changes, CancellationToken cancellationToken)
    {
        await response.Body.FlushAsync(cancellationToken);
        var status = OrderStatus.Pending;
        while (status is OrderStatus.Pending)
        {
            await BeatUntilAsync(changes.WaitToReadAsync(cancellationToken).AsTask(), response, cancellationToken);
            while (changes.TryRead(out var change))
            {
                status = await TellAsync(response, change, cancellationToken);
            }
        }
    }

    private static async Task<OrderStatus> TellAsync(HttpResponse response, StatusChange change, CancellationToken cancellationToken)
    {
        var status = StatusView.Of(change);
        var json = JsonSerializer.Serialize(status, OrdersJsonContext.Default.StatusView);
        await response.WriteAsync($"id: {change.Step}\nevent: status\ndata: {json}\n\n", cancellationToken);
        return status.Status;
    }

    private static async Task BeatUntilAsync(Task news, HttpResponse response, CancellationToken cancellationToken)
    {
        while (await Task.WhenAny(news, Task.Delay(Heartbeat, cancellationToken)) != news)
            await response.WriteAsync(": still here\n\n", cancellationToken);

        await news;
    }
}
