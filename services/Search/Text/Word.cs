namespace ShopFlow.Search.Text;

/// <summary>A word of a text; "t-shirt" has the parts "t" and "shirt", most others have one. Two of them are equal only where they stand.</summary>
internal sealed class Word(string asWritten, string[] parts)
{
    public string AsWritten => asWritten;

    public string[] Parts => parts;

    /// <summary>All parts as one.</summary>
    public string Text { get; } = parts is [var only] ? only : string.Concat(parts);

    public bool IsStopWord => parts is [var only] && Words.IsStopWord(only);
}
