namespace ShopFlow.Catalog.Bulk;

/// <summary>A record of a file with the line that it begins on; its text, or why it has none.</summary>
internal readonly record struct FileRecord(int Line, string Text, string? Error);
