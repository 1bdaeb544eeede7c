namespace Aspire.Hosting.ApplicationModel;

internal sealed record ResolvedValue(string? Value, bool IsSensitive);
