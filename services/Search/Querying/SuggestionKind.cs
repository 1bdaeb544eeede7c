namespace ShopFlow.Search.Querying;

internal enum SuggestionKind
{
    /// <summary>What is being typed, with its last word completed.</summary>
    Query,

    Category,

    Brand,

    Product,
}
