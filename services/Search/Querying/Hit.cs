namespace ShopFlow.Search.Querying;

/// <summary>A document, by its number, that a query means.</summary>
internal readonly record struct Hit(int Document, float Score);
