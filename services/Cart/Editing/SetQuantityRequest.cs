namespace ShopFlow.Cart.Editing;

/// <summary><c>Quantity</c> 0 removes the line.</summary>
internal sealed record SetQuantityRequest(int? Quantity);
