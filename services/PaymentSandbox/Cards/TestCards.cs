using System.Collections.Frozen;

namespace ShopFlow.PaymentSandbox.Cards;

/// <summary>The cards that the sandbox knows. The README tells what each does.</summary>
internal static class TestCards
{
    private static readonly TestCard s_unknown = new() { DeclineReason = "unknown_card" };

    private static readonly FrozenDictionary<string, TestCard> s_cards = new Dictionary<string, TestCard>
    {
        ["card"] = new(),
        ["tok_visa"] = new(),
        ["tok_declined"] = new() { DeclineReason = "card_declined" },
        ["tok_insufficient_funds"] = new() { DeclineReason = "insufficient_funds" },
        ["tok_expired_card"] = new() { DeclineReason = "expired_card" },
        ["tok_stolen_card"] = new() { DeclineReason = "stolen_card" },
        ["tok_slow"] = new() { IsSlow = true },
        ["tok_timeout_before"] = new() { LosesAuthorisation = true },
        ["tok_timeout_after"] = new() { LosesCaptureAnswer = true },
        ["tok_answers_twice"] = new() { Webhooks = WebhookBehaviour.Twice },
        ["tok_challenge"] = new() { IsChallenged = true },
        ["tok_challenge_webhook_late"] = new() { IsChallenged = true, Webhooks = WebhookBehaviour.Late },
        ["tok_challenge_webhook_twice"] = new() { IsChallenged = true, Webhooks = WebhookBehaviour.Twice },
        ["tok_challenge_webhook_out_of_order"] = new() { IsChallenged = true, Webhooks = WebhookBehaviour.OutOfOrder },
        ["tok_challenge_webhook_forged"] = new() { IsChallenged = true, Webhooks = WebhookBehaviour.Forged },
        ["tok_challenge_webhook_lost"] = new() { IsChallenged = true, Webhooks = WebhookBehaviour.Lost },
    }.ToFrozenDictionary();

    public static TestCard Of(string method) => s_cards.GetValueOrDefault(method, s_unknown);
}
