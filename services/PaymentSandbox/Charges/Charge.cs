using System.Text.Json.Serialization;
using ShopFlow.PaymentSandbox.Ledger;

namespace ShopFlow.PaymentSandbox.Charges;

/// <summary>A charge as the sum of its ledger entries. Amounts are minor units.</summary>
internal sealed record Charge(string IdempotencyKey, string Reference, long Amount, string Currency, string Method, DateTimeOffset CreatedAt)
{
    public ChargeStatus Status { get; init; }

    public string? DeclineReason { get; init; }

    /// <summary>The page of the challenge, in an answer of which it is part.</summary>
    public string? ChallengeUrl { get; init; }

    [JsonIgnore]
    public string? ChallengeId { get; init; }

    public long Authorised { get; init; }

    public long Captured { get; init; }

    public long Refunded { get; init; }

    /// <summary>Amount of each refund by the caller's key.</summary>
    public IReadOnlyDictionary<string, long> Refunds { get; init; } = new Dictionary<string, long>();

    /// <summary>The charge after one more entry; <paramref name="charge"/> is null before the first.</summary>
    public static Charge Apply(Charge? charge, LedgerEntry entry)
    {
        charge ??= new(entry.Key, entry.Reference, entry.Amount, entry.Currency, entry.Method, entry.At);
        return entry.Kind switch
        {
            LedgerEntryKind.Challenged => charge with { Status = ChargeStatus.RequiresAction, ChallengeId = entry.ChallengeId },
            LedgerEntryKind.Authorised => charge with { Status = ChargeStatus.Authorised, Authorised = entry.Amount },
            LedgerEntryKind.Declined => charge with { Status = ChargeStatus.Declined, DeclineReason = entry.Reason },
            LedgerEntryKind.Captured => charge with { Status = ChargeStatus.Captured, Captured = charge.Captured + entry.Amount },
            LedgerEntryKind.Voided => charge with { Status = ChargeStatus.Voided },
            LedgerEntryKind.Refunded => charge with
            {
                Refunded = charge.Refunded + entry.Amount,
                Refunds = new Dictionary<string, long>(charge.Refunds) { [entry.RefundKey!] = entry.Amount },
            },
            LedgerEntryKind.Notified => charge,
            _ => throw new InvalidDataException($"The ledger has an entry of the unknown kind {entry.Kind}."),
        };
    }
}
