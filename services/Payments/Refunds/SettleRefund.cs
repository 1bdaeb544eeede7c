using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Payments.Data;
using ShopFlow.Payments.Provider;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Payments.Refunds;

/// <summary>Gives the money of one claimed refund back, once the payment itself is settled.</summary>
internal sealed class SettleRefund(
    PaymentsDbContext db, IPaymentProvider provider, PaymentsOptions options, TimeProvider time, ILogger<SettleRefund> logger)
{
    /// <param name="refund">As it was claimed, untracked.</param>
    /// <param name="cancellationToken">Ends the call to the provider; what it came to is still written down.</param>
    public async Task RunAsync(Refund refund, CancellationToken cancellationToken)
    {
        db.Attach(refund);
        var payment = await db.Payments.SingleAsync(p => p.OrderId == refund.OrderId, CancellationToken.None);
        refund.UpdatedAt = time.GetUtcNow();

        if (!payment.IsSettled)
            Postpone(refund);
        else if (payment.State == PaymentState.Captured)
            await RefundAsync(refund, payment, cancellationToken);
        else
        {
            Settle(refund, RefundState.NotNeeded);
            Reject(refund, payment, "Nothing was captured.");
        }

        await SaveAsync(refund);
    }

    // The refund's key makes the call safe to repeat: the provider answers a second one with the first one's result.
    private async Task RefundAsync(Refund refund, Payment payment, CancellationToken cancellationToken)
    {
        try
        {
            await provider.RefundAsync(payment.Id.ToString(), refund.Id.ToString(), refund.Amount, cancellationToken);
            RecordRefunded(refund, payment);
        }
        catch (Exception e) when (e is OutcomeUnknownException or OperationCanceledException)
        {
            Postpone(refund);
            logger.LogWarning("The outcome of refund {RefundId} is unknown after attempt {Attempt}: {Cause}", refund.Id, refund.Attempts, e.Message);
        }
        catch (ProviderRefusedException e)
        {
            Settle(refund, RefundState.Failed);
            refund.Failure = e.Message.Length <= 500 ? e.Message : e.Message[..500];
            Reject(refund, payment, refund.Failure);
            logger.LogError("The provider refuses refund {RefundId} of order {OrderId}: {Cause}", refund.Id, refund.OrderId, e.Message);
        }
    }

    private void RecordRefunded(Refund refund, Payment payment)
    {
        Settle(refund, RefundState.Refunded);
        payment.Refunded += refund.Amount;
        payment.UpdatedAt = time.GetUtcNow();
        db.Ledger.Add(new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            PaymentId = payment.Id,
            OrderId = payment.OrderId,
            Kind = LedgerKind.Refunded,
            Amount = refund.Amount,
            Currency = refund.Currency,
            RefundId = refund.Id,
            At = time.GetUtcNow(),
        });
        db.Publish(new PaymentRefunded(payment.OrderId, payment.Id, refund.Amount, refund.Currency, refund.Id));
    }

    private void Reject(Refund refund, Payment payment, string reason) =>
        db.Publish(new RefundRejected(payment.OrderId, payment.Id, refund.Id, refund.Amount, refund.Currency, reason));

    private void Postpone(Refund refund) => refund.DueAt = time.GetUtcNow() + ExponentialBackoff.After(refund.Attempts, options.Backoff, options.MaxBackoff);

    private static void Settle(Refund refund, RefundState state)
    {
        refund.State = state;
        refund.DueAt = null;
    }

    private async Task SaveAsync(Refund refund)
    {
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another refund of the same payment was faster. Nothing was kept, and the provider will answer the same again.
            await db.Refunds
                .Where(r => r.Id == refund.Id && r.DueAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, time.GetUtcNow()), CancellationToken.None);
        }
    }
}
