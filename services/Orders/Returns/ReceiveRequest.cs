namespace ShopFlow.Orders.Returns;

/// <param name="Lines">Null for everything that is undecided, fit to be sold again.</param>
internal sealed record ReceiveRequest(IReadOnlyList<ReceivedPieces?>? Lines);
