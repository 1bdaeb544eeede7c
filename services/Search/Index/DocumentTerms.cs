using System.Runtime.InteropServices;
using ShopFlow.Search.Text;

namespace ShopFlow.Search.Index;

/// <summary>
/// Counts the terms of one document's fields. The weight of a term is BM25F's: its frequency in each field, for the length of the field,
/// times what the field is worth (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009).
/// </summary>
internal sealed class DocumentTerms
{
    /// <summary>How much of the length of a field counts; BM25's b.</summary>
    private const float LengthShare = 0.5f;

    private readonly Dictionary<string, Field> _terms = [];
    private readonly Dictionary<string, (string Stem, bool IsInName)> _words = [];

    /// <summary>Terms by stem.</summary>
    public IReadOnlyDictionary<string, Field> Terms => _terms;

    /// <summary>Words with their stems.</summary>
    public IReadOnlyDictionary<string, (string Stem, bool IsInName)> Words => _words;

    public int NameLength { get; private set; }

    public void AddName(string text) => NameLength = Add(text, worth: 8, usualLength: 4, isName: true);

    public void AddBrand(string text) => Add(text, worth: 4, usualLength: 2);

    public void AddCategory(string text) => Add(text, worth: 3, usualLength: 2);

    public void AddOption(string text) => Add(text, worth: 2, usualLength: 2);

    public void AddDescription(string text) => Add(text, worth: 1, usualLength: 20);

    /// <returns>The length in words.</returns>
    private int Add(string text, float worth, int usualLength, bool isName = false)
    {
        var words = Text.Words.Of(text).Where(word => !word.IsStopWord).ToList();
        var length = words.Sum(word => word.Parts.Length);
        var weight = worth / (1 - LengthShare + (LengthShare * length / usualLength));
        foreach (var word in words)
        {
            foreach (var part in word.Parts)
                Count(part, weight, isName);

            // "tshirt" finds "t-shirt" as well.
            if (word.Parts.Length > 1)
                Count(word.Text, weight, isName);
        }

        return length;
    }

    private void Count(string word, float weight, bool isName)
    {
        var stem = PorterStemmer.Stem(word);
        _words[word] = (stem, isName || (_words.TryGetValue(word, out var known) && known.IsInName));

        ref var field = ref CollectionsMarshal.GetValueRefOrAddDefault(_terms, stem, out _);
        field = new(field.Weight + weight, field.IsInName || isName);
    }

    internal readonly record struct Field(float Weight, bool IsInName);
}
