namespace ShopFlow.Catalog.Products;

/// <summary>One page. <c>Total</c> counts all pages; <c>Next</c> asks for the page after this one and is null on the last.</summary>
internal sealed record ProductList(IReadOnlyList<ProductSummary> Products, int Total, string? Next);
