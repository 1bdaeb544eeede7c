namespace ShopFlow.Catalog.Data;

internal enum ProductStatus
{
    Active = 0,

    /// <summary>Not for sale any more; kept because orders refer to it.</summary>
    Archived = 1,
}
