namespace ShopFlow.Catalog.Bulk;

/// <summary>What is wrong with a line of a file; lines count from 1, the header of a CSV file included.</summary>
internal sealed record RowError(int Line, string Field, string Message);
