namespace Aspire.Hosting.ApplicationModel;

internal static class ValueFormat
{
    /// <exception cref="NotSupportedException">The format is not "uri".</exception>
    public static string Apply(string value, string format) => format.ToLowerInvariant() switch
    {
        "uri" => Uri.EscapeDataString(value),
        _ => throw new NotSupportedException($"The format '{format}' is not supported. Supported formats are 'uri' (encodes a URI)"),
    };
}
