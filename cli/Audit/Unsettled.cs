namespace ShopFlow.Cli.Audit;

/// <summary>What is not done yet and becomes so without anybody's doing. An order that waits for its shopper is none of it.</summary>
/// <param name="Orders">Orders that wait for goods or money.</param>
/// <param name="Reservations">Goods that are held for an order.</param>
/// <param name="Refunds">Refunds that the payment provider has not made.</param>
/// <param name="Events">Events that the broker has not taken.</param>
/// <param name="Notifications">Notifications that are not written, and e-mails that are not sent.</param>
internal sealed record Unsettled(long Orders, long Reservations, long Refunds, long Events, long Notifications)
{
    public bool IsNothing => this == new Unsettled(0, 0, 0, 0, 0);

    public override string ToString()
    {
        (long Count, string Name)[] parts =
            [(Orders, "orders"), (Reservations, "reservations"), (Refunds, "refunds"), (Events, "events"), (Notifications, "notifications")];
        return string.Join(", ", parts.Where(part => part.Count > 0).Select(part => $"{part.Name}: {part.Count:N0}"));
    }
}
