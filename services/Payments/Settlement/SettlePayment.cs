using System.Diagnostics;
using ShopFlow.Payments.Data;
using ShopFlow.Payments.Provider;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Payments.Settlement;

/// <summary>
/// Takes one claimed payment as far as the provider lets it: captured, declined, voided, waiting for the shopper, or unknown; the
/// last two are due again.
/// </summary>
internal sealed class SettlePayment(
    IPaymentProvider provider, OutcomeWriter outcomes, PaymentsOptions options, TimeProvider time, ILogger<SettlePayment> logger)
{
    private const string ChallengeExpired = "challenge_expired";

    private static readonly ActivitySource Telemetry = new("ShopFlow.Payments");

    /// <param name="payment">As it was claimed.</param>
    /// <param name="cancellationToken">Ends the calls to the provider; what they came to is still written down.</param>
    public async Task RunAsync(Payment payment, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.StartActivity("settle payment", ActivityKind.Internal, payment.TraceParent);
        var before = payment.State;
        ProviderCharge? charge = null;
        try
        {
            charge = await ReachProviderAsync(payment, cancellationToken);
            Apply(charge, payment);
        }
        catch (Exception e) when (e is OutcomeUnknownException or ProviderRefusedException or OperationCanceledException)
        {
            Postpone(payment, e, isStopping: cancellationToken.IsCancellationRequested);
        }

        var news = payment.State == before ? null : payment.Event();
        await outcomes.WriteAsync(new(payment, Movements(payment, charge), news, activity?.Id ?? payment.TraceParent));
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
        return charge.Status switch
        {
            ProviderChargeStatus.Authorised or ProviderChargeStatus.RequiresAction when payment.IsCancelled =>
                await provider.VoidAsync(key, cancellationToken),
            ProviderChargeStatus.RequiresAction when time.GetUtcNow() >= ChallengeEnd(payment) =>
                await provider.VoidAsync(key, cancellationToken),
            ProviderChargeStatus.Authorised => await provider.CaptureAsync(key, cancellationToken),
            _ => charge,
        };
    }

    private void Apply(ProviderCharge? charge, Payment payment)
    {
        payment.State = charge switch
        {
            null => PaymentState.Voided,
            { Status: ProviderChargeStatus.Voided } => payment.IsCancelled ? PaymentState.Voided : PaymentState.Declined,
            { Status: ProviderChargeStatus.Declined } => PaymentState.Declined,
            { Status: ProviderChargeStatus.Captured } when charge.Captured == payment.Amount => PaymentState.Captured,
            { Status: ProviderChargeStatus.RequiresAction, ChallengeUrl: not null } => PaymentState.Challenged,
            _ => throw new OutcomeUnknownException(
                $"Payment {payment.Id} of {payment.Amount} is {charge.Status} at the provider, {charge.Captured} captured."),
        };
        payment.Reference = charge?.Reference;
        payment.DeclineReason = payment.State == PaymentState.Declined ? charge?.DeclineReason ?? ChallengeExpired : null;
        payment.ChallengeUrl = charge?.ChallengeUrl ?? payment.ChallengeUrl;
        payment.Captured = charge?.Captured ?? 0;
        payment.DueAt = payment.State == PaymentState.Challenged ? NextLook(payment) : null;
    }

    // A payment that waits for its shopper goes on waiting, whether the provider can be reached or not.
    private void Postpone(Payment payment, Exception cause, bool isStopping)
    {
        if (payment.State != PaymentState.Challenged)
            payment.State = PaymentState.Unknown;
        payment.DueAt = isStopping ? time.GetUtcNow() : time.GetUtcNow() + ExponentialBackoff.After(payment.Attempts, options.Backoff, options.MaxBackoff);

        if (!isStopping)
        {
            logger.LogWarning(
                "The outcome of payment {PaymentId} is unknown after attempt {Attempt}: {Cause}", payment.Id, payment.Attempts, cause.Message);
        }
    }

    private static LedgerKind[] Movements(Payment payment, ProviderCharge? charge) => payment switch
    {
        { State: PaymentState.Captured } => [LedgerKind.Authorised, LedgerKind.Captured],
        { IsSettled: true } when charge is { Status: ProviderChargeStatus.Voided, Authorised: > 0 } => [LedgerKind.Authorised, LedgerKind.Voided],
        _ => [],
    };

    private DateTimeOffset ChallengeEnd(Payment payment) => payment.CreatedAt + options.ChallengeTimeLimit;

    private DateTimeOffset NextLook(Payment payment)
    {
        var next = time.GetUtcNow() + ExponentialBackoff.After(payment.Attempts, options.Backoff, options.MaxBackoff);
        return next < ChallengeEnd(payment) ? next : ChallengeEnd(payment);
    }
}
