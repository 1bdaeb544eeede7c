using System.Text.Json;

namespace ShopFlow.Cli.Bench;

/// <summary>Status, headers as they came, and the whole body.</summary>
internal sealed record HttpAnswer(int Status, string Headers, ReadOnlyMemory<byte> Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public JsonElement Json => JsonElement.Parse(Body.Span);

    /// <returns>Null when there is no such header.</returns>
    public string? Header(string name)
    {
        var start = Headers.IndexOf($"\n{name}:", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return null;

        start += name.Length + 2;
        return Headers[start..Headers.IndexOf('\r', start)].Trim();
    }
}
