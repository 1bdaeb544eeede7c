namespace ShopFlow.PaymentSandbox.Cards;

/// <summary>What is special about a card.</summary>
internal sealed record TestCard
{
    /// <summary>Why it is declined; null for a good card.</summary>
    public string? DeclineReason { get; init; }

    /// <summary>The shopper has to pass a challenge first.</summary>
    public bool IsChallenged { get; init; }

    public bool IsSlow { get; init; }

    /// <summary>The first authorisation is neither recorded nor answered.</summary>
    public bool LosesAuthorisation { get; init; }

    /// <summary>The money is taken, and the first answer that would say so is lost.</summary>
    public bool LosesCaptureAnswer { get; init; }

    public WebhookBehaviour Webhooks { get; init; }
}
