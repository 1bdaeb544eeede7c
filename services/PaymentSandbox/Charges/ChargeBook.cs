using System.Collections.Concurrent;
using ShopFlow.PaymentSandbox.Cards;
using ShopFlow.PaymentSandbox.Ledger;

namespace ShopFlow.PaymentSandbox.Charges;

/// <summary>
/// All charges, in memory and in the ledger. Each operation is idempotent, one at a time per charge, and visible only once its
/// entry is on the disk.
/// </summary>
internal sealed class ChargeBook : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new();
    private readonly LedgerFile _ledger;
    private readonly TimeProvider _time;

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public volatile Charge? Charge;
    }

    public ChargeBook(SandboxOptions options, TimeProvider time)
    {
        _time = time;
        (_ledger, var entries) = LedgerFile.Open(options.DataDirectory);
        foreach (var entry in entries)
        {
            var slot = _slots.GetOrAdd(entry.Key, _ => new());
            slot.Charge = Charge.Apply(slot.Charge, entry);
        }
    }

    public Charge? Find(string key) => _slots.TryGetValue(key, out var slot) ? slot.Charge : null;

    /// <summary>Charges in the order of their keys, after <paramref name="after"/>.</summary>
    public IEnumerable<Charge> List(string? after) =>
        _slots.Values
            .Select(slot => slot.Charge)
            .OfType<Charge>()
            .Where(charge => after is null || string.CompareOrdinal(charge.IdempotencyKey, after) > 0)
            .OrderBy(charge => charge.IdempotencyKey, StringComparer.Ordinal);

    public int Count => _slots.Values.Count(slot => slot.Charge is not null);

    /// <exception cref="ChargeRefusedException">The key was used for another amount, currency or card.</exception>
    public Task<Charge> AuthoriseAsync(string key, long amount, string currency, string method, CancellationToken cancellationToken) =>
        ChangeAsync(_slots.GetOrAdd(key, _ => new()), charge =>
        {
            if (charge is not null)
            {
                return (charge.Amount, charge.Currency, charge.Method) == (amount, currency, method)
                    ? null
                    : throw new ChargeRefusedException($"Key '{key}' belongs to a charge with another amount, currency or method.");
            }

            var reason = TestCards.DeclineReason(method);
            var kind = reason is null ? LedgerEntryKind.Authorised : LedgerEntryKind.Declined;
            var reference = $"ch_{Guid.CreateVersion7(_time.GetUtcNow()):N}";
            return new LedgerEntry(_time.GetUtcNow(), key, kind, amount, currency, method, reference) { Reason = reason };
        }, cancellationToken);

    /// <returns>Null when there is no such charge.</returns>
    /// <exception cref="ChargeRefusedException">The charge was declined or voided.</exception>
    public Task<Charge?> CaptureAsync(string key, CancellationToken cancellationToken) =>
        ChangeExistingAsync(key, charge => charge.Status switch
        {
            ChargeStatus.Captured => null,
            ChargeStatus.Authorised => Entry(charge, LedgerEntryKind.Captured, charge.Amount),
            var status => throw new ChargeRefusedException($"A charge that is {status} cannot be captured."),
        }, cancellationToken);

    /// <returns>Null when there is no such charge.</returns>
    /// <exception cref="ChargeRefusedException">The charge was declined or captured.</exception>
    public Task<Charge?> VoidAsync(string key, CancellationToken cancellationToken) =>
        ChangeExistingAsync(key, charge => charge.Status switch
        {
            ChargeStatus.Voided => null,
            ChargeStatus.Authorised => Entry(charge, LedgerEntryKind.Voided, charge.Amount),
            var status => throw new ChargeRefusedException($"A charge that is {status} cannot be voided."),
        }, cancellationToken);

    /// <returns>Null when there is no such charge.</returns>
    /// <exception cref="ChargeRefusedException">Nothing was captured, not enough is left, or the refund's key was used for another amount.</exception>
    public Task<Charge?> RefundAsync(string key, string refundKey, long amount, CancellationToken cancellationToken) =>
        ChangeExistingAsync(key, charge =>
        {
            if (charge.Refunds.TryGetValue(refundKey, out var refunded))
            {
                return refunded == amount
                    ? null
                    : throw new ChargeRefusedException($"Key '{refundKey}' belongs to a refund of another amount.");
            }

            return charge.Captured - charge.Refunded >= amount
                ? Entry(charge, LedgerEntryKind.Refunded, amount) with { RefundKey = refundKey }
                : throw new ChargeRefusedException($"Only {charge.Captured - charge.Refunded} of the charge are left to refund.");
        }, cancellationToken);

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private LedgerEntry Entry(Charge charge, LedgerEntryKind kind, long amount) =>
        new(_time.GetUtcNow(), charge.IdempotencyKey, kind, amount, charge.Currency, charge.Method, charge.Reference);

    private async Task<Charge?> ChangeExistingAsync(string key, Func<Charge, LedgerEntry?> decide, CancellationToken cancellationToken)
    {
        if (!_slots.TryGetValue(key, out var slot) || slot.Charge is null)
            return null;
        return await ChangeAsync(slot, charge => decide(charge!), cancellationToken);
    }

    private async Task<Charge> ChangeAsync(Slot slot, Func<Charge?, LedgerEntry?> decide, CancellationToken cancellationToken)
    {
        await slot.Gate.WaitAsync(cancellationToken);
        try
        {
            if (decide(slot.Charge) is { } entry)
            {
                // Once begun it is finished, even if the caller hangs up.
                await _ledger.AppendAsync(entry, CancellationToken.None);
                slot.Charge = Charge.Apply(slot.Charge, entry);
            }

            return slot.Charge!;
        }
        finally
        {
            slot.Gate.Release();
        }
    }
}
