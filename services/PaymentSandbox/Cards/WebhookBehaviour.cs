namespace ShopFlow.PaymentSandbox.Cards;

/// <summary>How the shop is told of what happened after its call was answered.</summary>
internal enum WebhookBehaviour
{
    Once,

    /// <summary>After <see cref="SandboxOptions.LateWebhook"/>.</summary>
    Late,

    Twice,

    /// <summary>Followed by one that tells of an earlier state.</summary>
    OutOfOrder,

    /// <summary>Instead of the true one comes one with another outcome, signed by somebody who does not know the secret.</summary>
    Forged,

    /// <summary>Never.</summary>
    Lost,
}
