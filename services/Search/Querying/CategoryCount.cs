namespace ShopFlow.Search.Querying;

/// <summary>A category counts what is in it and in those below it.</summary>
internal sealed record CategoryCount(string Slug, string Name, int Count);
