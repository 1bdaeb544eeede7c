using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Messaging;
using ShopFlow.Payments.Data;
using ShopFlow.Payments.Provider;

namespace ShopFlow.Payments.Settlement;

/// <summary>Takes one claimed payment as far as the provider lets it: captured, declined, voided, or unknown and due again.</summary>
internal sealed class SettlePayment(
    PaymentsDbContext db, IPaymentProvider provider, PaymentsOptions options, TimeProvider time, ILogger<SettlePayment> logger)
{
    private static readonly ActivitySource Telemetry = new("ShopFlow.Payments");

    /// <param name="payment">As it was claimed, untracked.</param>
    /// <param name="cancellationToken">Ends the calls to the provider; what they came to is still written down.</param>
    public async Task RunAsync(Payment payment, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.StartActivity("settle payment", ActivityKind.Internal, payment.TraceParent);
        db.Attach(payment);
        try
        {
            Record(payment, await ReachProviderAsync(payment, cancellationToken));
        }
        catch (Exception e) when (e is OutcomeUnknownException or ProviderRefusedException or OperationCanceledException)
        {
            RecordUnknown(payment, e, isStopping: cancellationToken.IsCancellationRequested);
        }

        await SaveAsync(payment);
    }

    // Only the very first attempt may call without asking: any other may have been preceded by a call whose answer was lost.
    private async Task<ProviderCharge?> ReachProviderAsync(Payment payment, CancellationToken cancellationToken)
    {
        var key = payment.Id.ToString();
        var isFirst = payment is { State: PaymentState.Requested, Attempts: 1 };
        var charge = isFirst ? null : await provider.FindAsync(key, cancellationToken);

        if (charge is null && payment.IsCancelled)
            return null;

        charge ??= await provider.AuthoriseAsync(key, payment.Amount, payment.Currency, payment.Method, capture: true, cancellationToken);
        if (charge.Status != ProviderChargeStatus.Authorised)
            return charge;

        return payment.IsCancelled
            ? await provider.VoidAsync(key, cancellationToken)
            : await provider.CaptureAsync(key, cancellationToken);
    }

    private void Record(Payment payment, ProviderCharge? charge)
    {
        payment.State = charge?.Status switch
        {
            ProviderChargeStatus.Captured => PaymentState.Captured,
            ProviderChargeStatus.Declined => PaymentState.Declined,
            ProviderChargeStatus.Voided or null => PaymentState.Voided,
            var status => throw new OutcomeUnknownException($"Payment {payment.Id} is {status} at the provider."),
        };
        payment.Reference = charge?.Reference;
        payment.DeclineReason = charge?.DeclineReason;
        payment.DueAt = null;
        payment.UpdatedAt = time.GetUtcNow();

        if (charge is { Status: ProviderChargeStatus.Captured or ProviderChargeStatus.Voided })
            AddToLedger(payment, LedgerKind.Authorised);
        if (charge is { Status: ProviderChargeStatus.Voided })
            AddToLedger(payment, LedgerKind.Voided);
        if (charge is { Status: ProviderChargeStatus.Captured })
        {
            AddToLedger(payment, LedgerKind.Captured);
            payment.Captured = payment.Amount;
        }

        db.Publish(payment.Outcome()!);
    }

    private void RecordUnknown(Payment payment, Exception cause, bool isStopping)
    {
        var now = time.GetUtcNow();
        payment.State = PaymentState.Unknown;
        payment.DueAt = isStopping ? now : now + Backoff.After(payment.Attempts, options);
        payment.UpdatedAt = now;

        if (!isStopping)
        {
            logger.LogWarning(
                "The outcome of payment {PaymentId} is unknown after attempt {Attempt}: {Cause}", payment.Id, payment.Attempts, cause.Message);
        }
    }

    private void AddToLedger(Payment payment, LedgerKind kind) =>
        db.Ledger.Add(new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            PaymentId = payment.Id,
            OrderId = payment.OrderId,
            Kind = kind,
            Amount = payment.Amount,
            Currency = payment.Currency,
            At = time.GetUtcNow(),
        });

    // State, ledger and event in one transaction. If the order was cancelled meanwhile, or another worker took the payment over
    // after the lease, nothing of this attempt is kept: the next one asks the provider and starts from what it says.
    private async Task SaveAsync(Payment payment)
    {
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            logger.LogInformation("Payment {PaymentId} was changed meanwhile; asking again", payment.Id);
            await db.Payments
                .Where(p => p.Id == payment.Id && p.DueAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.DueAt, time.GetUtcNow()), CancellationToken.None);
        }
    }
}
