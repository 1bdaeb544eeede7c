namespace ShopFlow.PaymentSandbox.Cards;

/// <summary>The cards that the sandbox knows, and what is special about each.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>card, tok_visa</term><description>approved</description></item>
/// <item><term>tok_declined</term><description>declined: card_declined</description></item>
/// <item><term>tok_insufficient_funds</term><description>declined: insufficient_funds</description></item>
/// <item><term>tok_slow</term><description>approved; authorise and capture each take a while</description></item>
/// <item><term>tok_timeout_before</term><description>the first authorisation is neither recorded nor answered; the next is approved</description></item>
/// <item><term>tok_timeout_after</term><description>approved, but the capture that moves the money is never answered</description></item>
/// </list>
/// Every other method is declined: unknown_card.
/// </remarks>
internal static class TestCards
{
    public const string Declined = "tok_declined";
    public const string InsufficientFunds = "tok_insufficient_funds";
    public const string Slow = "tok_slow";
    public const string TimeoutBefore = "tok_timeout_before";
    public const string TimeoutAfter = "tok_timeout_after";

    /// <summary>Null when the card is good.</summary>
    public static string? DeclineReason(string method) => method switch
    {
        "card" or "tok_visa" or Slow or TimeoutBefore or TimeoutAfter => null,
        Declined => "card_declined",
        InsufficientFunds => "insufficient_funds",
        _ => "unknown_card",
    };
}
