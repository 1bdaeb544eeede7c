namespace ShopFlow.Catalog.Bulk;

/// <summary>What an import did, or with <c>DryRun</c> would do. <c>Rows</c> are the file's, the other figures are products.</summary>
internal sealed record ImportResult(bool DryRun, int Rows, int Products, int Created, int Updated, int Unchanged);
