namespace ShopFlow.Catalog.Editing;

internal sealed record AdminProductList(IReadOnlyList<AdminProductSummary> Products, int Total, Guid? Next);
