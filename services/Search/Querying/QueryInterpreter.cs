using ShopFlow.Search.Index;
using ShopFlow.Search.Text;

namespace ShopFlow.Search.Querying;

/// <summary>
/// Finds out what the words of a query stand for. A word that the index knows stands for itself and its synonyms. One that it doesn't is
/// taken for two words written as one, then for the beginning of a word, and at last for a word that is spelt nearly so.
/// </summary>
internal sealed class QueryInterpreter(SearchIndex index, Synonyms synonyms)
{
    private const int MostWords = 12;
    private const int MostCompletions = 30;
    private const int MostCorrections = 3;
    private const int ShortestPart = 3;

    private const float SynonymWeight = 0.8f;
    private const float CompoundWeight = 0.9f;
    private const float PrefixWeight = 0.6f;
    private const float CorrectedWeight = 0.5f;

    /// <param name="text">What the shopper wrote.</param>
    /// <param name="isBeingTyped">Whether the last word may go on.</param>
    public Interpretation Interpret(string text, bool isBeingTyped = false)
    {
        var words = Words.Of(text).ToList();
        var last = words.LastOrDefault();
        var asked = words.Where(word => !word.IsStopWord || (isBeingTyped && word == last)).Take(MostWords).ToList();
        var stems = asked.ConvertAll(word => PorterStemmer.Stem(word.Text));

        var slots = new List<Slot>();
        var corrections = new Dictionary<Word, string>();
        for (var i = 0; i < asked.Count;)
        {
            var (slot, length) = SlotAt(asked, stems, i, isBeingTyped, corrections);
            slots.Add(slot);
            i += length;
        }

        var correction = corrections.Count > 0 ? string.Join(' ', words.Select(word => corrections.GetValueOrDefault(word, word.AsWritten))) : null;
        return new(slots, correction);
    }

    private (Slot Slot, int Length) SlotAt(List<Word> words, List<string> stems, int i, bool isBeingTyped, Dictionary<Word, string> corrections)
    {
        var alternatives = new List<Alternative>();
        var isLast = i == words.Count - 1;

        var (length, phrases) = synonyms.Find(stems, i);
        if (length > 1)
        {
            Add(alternatives, stems.GetRange(i, length), 1);
        }
        else if (!isLast && index.FindTerm(PorterStemmer.Stem(words[i].Text + words[i + 1].Text)) is { } joined)
        {
            // "ear buds" for "earbuds".
            length = 2;
            Add(alternatives, stems.GetRange(i, length), 1);
            alternatives.Add(new([joined], CompoundWeight));
        }
        else
        {
            length = 1;
            AddWord(alternatives, words[i]);
        }

        foreach (var phrase in phrases)
            Add(alternatives, phrase, SynonymWeight);
        if (isLast && isBeingTyped)
            AddCompletions(alternatives, words[i]);

        if (alternatives.Count == 0 && length == 1)
        {
            AddCompound(alternatives, words[i]);
            if (alternatives.Count == 0 && isLast)
                AddCompletions(alternatives, words[i]);
            if (alternatives.Count == 0)
                AddCorrections(alternatives, words[i], corrections);
        }

        return (new(words.GetRange(i, length).Sum(word => word.Parts.Length), alternatives), length);
    }

    private void AddWord(List<Alternative> alternatives, Word word)
    {
        Add(alternatives, [.. word.Parts.Select(PorterStemmer.Stem)], 1);
        if (word.Parts.Length > 1)
            Add(alternatives, [PorterStemmer.Stem(word.Text)], 1);
    }

    /// <summary>"duvetcover" for "duvet cover".</summary>
    private void AddCompound(List<Alternative> alternatives, Word word)
    {
        for (var split = ShortestPart; split <= word.Text.Length - ShortestPart; split++)
        {
            if (index.Vocabulary.Find(word.Text[..split]) is { } first && index.Vocabulary.Find(word.Text[split..]) is { } second)
                alternatives.Add(new([first.Term, second.Term], CompoundWeight));
        }
    }

    private void AddCompletions(List<Alternative> alternatives, Word word)
    {
        var known = alternatives.SelectMany(alternative => alternative.Terms).ToHashSet();
        var completions = index.Vocabulary.WithPrefix(word.Text, MostCompletions).Select(completion => completion.Term).Where(known.Add);
        alternatives.AddRange(completions.Select(term => new Alternative([term], PrefixWeight)));
    }

    private void AddCorrections(List<Alternative> alternatives, Word word, Dictionary<Word, string> corrections)
    {
        var near = index.Vocabulary.Near(word.Text, MostCorrections);
        alternatives.AddRange(near.Select(meant => meant.Term).Distinct().Select(term => new Alternative([term], CorrectedWeight)));
        if (near is [var best, ..])
            corrections[word] = best.Text;
    }

    /// <summary>Adds the terms as one alternative if the index has all of them.</summary>
    private void Add(List<Alternative> alternatives, IReadOnlyList<string> stems, float weight)
    {
        var terms = stems.Select(index.FindTerm).OfType<Term>().ToArray();
        if (terms.Length == stems.Count)
            alternatives.Add(new(terms, weight));
    }
}
