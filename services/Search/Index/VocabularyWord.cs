using System.Numerics;

namespace ShopFlow.Search.Index;

/// <summary>A word as it stands in texts, and the term that it is looked up by.</summary>
internal sealed class VocabularyWord(string text, Term term)
{
    private readonly ulong _letters = LettersOf(text);

    public string Text => text;

    public Term Term => term;

    /// <summary>Documents that it was found in; a name counts ten times.</summary>
    public int Weight { get; set; }

    /// <summary>Whether it may be so near, judged by which letters occur: each edit changes at most two of them.</summary>
    public bool MayBeNear(ulong letters, int length, int edits) =>
        Math.Abs(text.Length - length) <= edits && BitOperations.PopCount(_letters ^ letters) <= 2 * edits;

    public static ulong LettersOf(string text)
    {
        var letters = 0UL;
        foreach (var letter in text)
            letters |= 1UL << (letter % 64);

        return letters;
    }
}
