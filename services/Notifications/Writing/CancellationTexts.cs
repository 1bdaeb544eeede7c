namespace ShopFlow.Notifications.Writing;

/// <summary>What a shopper reads for the reason of a cancelled order.</summary>
internal static class CancellationTexts
{
    public static string Of(string reason) => reason switch
    {
        "OutOfStock" => "Something in it is sold out. You were not charged.",
        "PaymentDeclined" => "Your payment was declined. You were not charged.",
        "CancelledByShopper" => "You cancelled it. If you were charged already, the money is on its way back.",
        _ => "We could not complete it in time. If you were charged already, the money is on its way back.",
    };
}
