using System.Data.Common;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Checkout;

/// <summary>What the checkout needs of an order. Its row is locked.</summary>
internal sealed class CheckoutOrder
{
    public required Guid Id { get; init; }

    public required string UserId { get; init; }

    public required string? Email { get; init; }

    public required string PaymentMethod { get; init; }

    public required string Currency { get; init; }

    /// <summary>Minor units.</summary>
    public required long Total { get; init; }

    public OrderState State { get; set; }

    public int Step { get; set; }

    public string? Reason { get; set; }

    public DateTimeOffset? Deadline { get; set; }

    public string? ChallengeUrl { get; set; }

    public Guid? PaymentId { get; set; }

    public long Captured { get; set; }

    /// <summary>The promotion whose code was redeemed.</summary>
    public required Guid? CouponId { get; init; }

    public bool IsChanged { get; set; }

    /// <summary>The columns of <see cref="CheckoutTable"/>.</summary>
    public static CheckoutOrder Read(DbDataReader row) => new()
    {
        Id = row.GetGuid(0),
        UserId = row.GetString(1),
        Email = row.IsDBNull(2) ? null : row.GetString(2),
        PaymentMethod = row.GetString(3),
        Currency = row.GetString(4),
        Total = row.GetInt64(5),
        State = Enum.Parse<OrderState>(row.GetString(6)),
        Step = row.GetInt32(7),
        Reason = row.IsDBNull(8) ? null : row.GetString(8),
        Deadline = row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9),
        ChallengeUrl = row.IsDBNull(10) ? null : row.GetString(10),
        PaymentId = row.IsDBNull(11) ? null : row.GetGuid(11),
        Captured = row.GetInt64(12),
        CouponId = row.IsDBNull(13) ? null : row.GetGuid(13),
    };
}
