namespace ShopFlow.Catalog.Caching;

/// <summary>An answer, and the generation whose changes it contains at least.</summary>
internal readonly record struct CachedAnswer(CachedResponse Response, long Generation);
