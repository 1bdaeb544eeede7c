using System.Text.Json.Serialization;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.History;

/// <summary>One step of an order's life, as the stream tells it.</summary>
internal sealed record StatusView(
    Guid Id,
    OrderStatus Status,
    string Step,
    string? Reason,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PaymentChallengeUrl)
{
    /// <param name="change">The change; its order's id becomes <see cref="Id"/>.</param>
    public static StatusView Of(StatusChange change) =>
        new(change.OrderId, Order.StatusOf(change.State), change.State.ToString(), change.Reason, change.At, change.ChallengeUrl);
}
