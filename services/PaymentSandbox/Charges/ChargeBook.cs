using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using ShopFlow.PaymentSandbox.Cards;
using ShopFlow.PaymentSandbox.Ledger;
using ShopFlow.PaymentSandbox.Webhooks;

namespace ShopFlow.PaymentSandbox.Charges;

/// <summary>
/// All charges, in memory and in the ledger. Each operation is idempotent, one at a time per charge, and visible only once its
/// entry is on the disk.
/// </summary>
internal sealed class ChargeBook : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new();
    private readonly ConcurrentDictionary<string, Slot> _challenged = new();
    private readonly Channel<Webhook> _webhooks = Channel.CreateUnbounded<Webhook>();
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
            Apply(entry, _slots.GetOrAdd(entry.Key, _ => new()));

        var notified = entries.Where(entry => entry.Kind == LedgerEntryKind.Notified).Select(entry => entry.WebhookId).ToHashSet();
        foreach (var entry in entries.Where(entry => !notified.Contains(entry.WebhookId)))
            Owe(entry);
    }

    /// <summary>Webhooks that the shop is owed: those that the last run left, and then each as it comes about.</summary>
    public IAsyncEnumerable<Webhook> WebhooksAsync(CancellationToken cancellationToken) => _webhooks.Reader.ReadAllAsync(cancellationToken);

    public int Count => _slots.Values.Count(slot => slot.Charge is not null);

    public Charge? Find(string key) => _slots.TryGetValue(key, out var slot) ? slot.Charge : null;

    public Charge? FindChallenged(string challengeId) => _challenged.TryGetValue(challengeId, out var slot) ? slot.Charge : null;

    /// <summary>Charges in the order of their keys, after <paramref name="after"/>.</summary>
    public IEnumerable<Charge> List(string? after) =>
        _slots.Values
            .Select(slot => slot.Charge)
            .OfType<Charge>()
            .Where(charge => after is null || string.CompareOrdinal(charge.IdempotencyKey, after) > 0)
            .OrderBy(charge => charge.IdempotencyKey, StringComparer.Ordinal);

    /// <summary>Asks the card, and takes the money in the same step if that is wanted and the card agrees at once.</summary>
    /// <exception cref="ChargeRefusedException">The key was used for another amount, currency or card.</exception>
    public Task<Charge> AuthoriseAsync(
        string key, long amount, string currency, string method, bool capture, CancellationToken cancellationToken) =>
        ChangeAsync(_slots.GetOrAdd(key, _ => new()), charge =>
        {
            if (charge is null)
                return Open(key, amount, currency, method, capture);
            if ((charge.Amount, charge.Currency, charge.Method) != (amount, currency, method))
                throw new ChargeRefusedException($"Key '{key}' belongs to a charge with another amount, currency or method.");

            return capture && charge is { Status: ChargeStatus.Authorised, ChallengeId: null } ? [Entry(charge, LedgerEntryKind.Captured)] : [];
        }, cancellationToken);

    /// <summary>What the shopper did at the challenge. Only the first answer counts.</summary>
    /// <returns>Null when there is no such challenge.</returns>
    public async Task<Charge?> AnswerChallengeAsync(string challengeId, bool isPassed, CancellationToken cancellationToken)
    {
        if (!_challenged.TryGetValue(challengeId, out var slot))
            return null;

        return await ChangeAsync(slot, charge => charge!.Status != ChargeStatus.RequiresAction
            ? []
            : [Entry(charge, isPassed ? LedgerEntryKind.Authorised : LedgerEntryKind.Declined) with
            {
                Reason = isPassed ? null : "challenge_failed",
                WebhookId = NewId(),
            }], cancellationToken);
    }

    /// <returns>Null when there is no such charge.</returns>
    /// <exception cref="ChargeRefusedException">The charge is not authorised.</exception>
    public Task<Charge?> CaptureAsync(string key, CancellationToken cancellationToken) =>
        ChangeExistingAsync(key, charge => charge.Status switch
        {
            ChargeStatus.Captured => [],
            ChargeStatus.Authorised => [Entry(charge, LedgerEntryKind.Captured)],
            var status => throw new ChargeRefusedException($"A charge that is {status} cannot be captured."),
        }, cancellationToken);

    /// <returns>Null when there is no such charge.</returns>
    /// <exception cref="ChargeRefusedException">The charge was declined or captured.</exception>
    public Task<Charge?> VoidAsync(string key, CancellationToken cancellationToken) =>
        ChangeExistingAsync(key, charge => charge.Status switch
        {
            ChargeStatus.Voided => [],
            ChargeStatus.Authorised or ChargeStatus.RequiresAction => [Entry(charge, LedgerEntryKind.Voided)],
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
                    ? []
                    : throw new ChargeRefusedException($"Key '{refundKey}' belongs to a refund of another amount.");
            }

            return charge.Captured - charge.Refunded >= amount
                ? [Entry(charge, LedgerEntryKind.Refunded) with { Amount = amount, RefundKey = refundKey }]
                : throw new ChargeRefusedException($"Only {charge.Captured - charge.Refunded} of the charge are left to refund.");
        }, cancellationToken);

    /// <summary>The webhook is owed no longer.</summary>
    public Task NotifiedAsync(Webhook webhook, CancellationToken cancellationToken) =>
        ChangeExistingAsync(
            webhook.Key, charge => [Entry(charge, LedgerEntryKind.Notified) with { WebhookId = webhook.Id }], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _webhooks.Writer.TryComplete();
        await _ledger.DisposeAsync();
    }

    private LedgerEntry[] Open(string key, long amount, string currency, string method, bool capture)
    {
        var card = TestCards.Of(method);
        LedgerEntry First(LedgerEntryKind kind) => new(_time.GetUtcNow(), key, kind, amount, currency, method, $"ch_{NewId():N}");

        if (card.DeclineReason is { } reason)
            return [First(LedgerEntryKind.Declined) with { Reason = reason }];
        if (card.IsChallenged)
            return [First(LedgerEntryKind.Challenged) with { ChallengeId = RandomNumberGenerator.GetHexString(32, lowercase: true) }];

        var authorised = First(LedgerEntryKind.Authorised) with { WebhookId = card.Webhooks == WebhookBehaviour.Once ? null : NewId() };
        return capture ? [authorised, authorised with { Kind = LedgerEntryKind.Captured, WebhookId = null }] : [authorised];
    }

    private LedgerEntry Entry(Charge charge, LedgerEntryKind kind) =>
        new(_time.GetUtcNow(), charge.IdempotencyKey, kind, charge.Amount, charge.Currency, charge.Method, charge.Reference);

    private async Task<Charge?> ChangeExistingAsync(string key, Func<Charge, LedgerEntry[]> decide, CancellationToken cancellationToken)
    {
        if (!_slots.TryGetValue(key, out var slot) || slot.Charge is null)
            return null;
        return await ChangeAsync(slot, charge => decide(charge!), cancellationToken);
    }

    private async Task<Charge> ChangeAsync(Slot slot, Func<Charge?, LedgerEntry[]> decide, CancellationToken cancellationToken)
    {
        await slot.Gate.WaitAsync(cancellationToken);
        try
        {
            if (decide(slot.Charge) is [_, ..] entries)
            {
                // Once begun it is finished, even if the caller hangs up.
                await _ledger.AppendAsync(entries, CancellationToken.None);
                foreach (var entry in entries)
                {
                    Apply(entry, slot);
                    Owe(entry);
                }
            }

            return slot.Charge!;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    private void Apply(LedgerEntry entry, Slot slot)
    {
        var charge = Charge.Apply(slot.Charge, entry);
        slot.Charge = charge;
        if (entry.ChallengeId is { } challengeId)
            _challenged[challengeId] = slot;
    }

    private void Owe(LedgerEntry entry)
    {
        if (entry is { WebhookId: { } id, Kind: not LedgerEntryKind.Notified })
            _webhooks.Writer.TryWrite(Webhook.Of(entry, id));
    }

    private Guid NewId() => Guid.CreateVersion7(_time.GetUtcNow());
}
