namespace ShopFlow.Cart.Editing;

internal sealed record ChooseCurrencyRequest(string? Currency);
