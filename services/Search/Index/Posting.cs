namespace ShopFlow.Search.Index;

/// <summary>That a term is in a document, how much it weighs there (BM25F's weighted frequency), and whether it is in the name.</summary>
internal readonly record struct Posting(int Document, Half Weight, bool IsInName);
