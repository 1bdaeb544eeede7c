using ShopFlow.PaymentSandbox.Ledger;

namespace ShopFlow.PaymentSandbox.Webhooks;

/// <summary>What the shop is sent: that something happened to the charge with this key.</summary>
/// <param name="Id">The same each time it is sent.</param>
/// <param name="Type">Such as <c>payment.authorised</c>.</param>
/// <param name="Key">The idempotency key of the charge.</param>
/// <param name="CreatedAt">When it happened.</param>
internal sealed record Webhook(Guid Id, string Type, string Key, DateTimeOffset CreatedAt)
{
    public const string Authorised = "payment.authorised";
    public const string Declined = "payment.declined";
    public const string RequiresAction = "payment.requires_action";

    public static Webhook Of(LedgerEntry entry, Guid id) =>
        new(id, entry.Kind == LedgerEntryKind.Declined ? Declined : Authorised, entry.Key, entry.At);
}
