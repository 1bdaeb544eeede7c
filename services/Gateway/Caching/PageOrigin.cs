namespace ShopFlow.Gateway.Caching;

internal enum PageOrigin
{
    /// <summary>Kept, and as new as the catalogue.</summary>
    Memory,

    /// <summary>Kept, and perhaps older than the catalogue, which does not answer.</summary>
    StaleMemory,

    /// <summary>The catalogue was asked.</summary>
    Catalogue,
}
