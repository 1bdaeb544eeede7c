using ShopFlow.Search.Text;

namespace ShopFlow.Search.Index;

/// <summary>All words of the index: to complete what is being typed, and to tell what was meant.</summary>
internal sealed class Vocabulary
{
    /// <summary>Shorter words have too many neighbours.</summary>
    private const int ShortestCorrected = 4;

    private const int LongEnoughForTwoEdits = 8;

    private readonly Dictionary<string, VocabularyWord> _byText = [];
    private List<VocabularyWord> _sorted = [];
    private readonly List<VocabularyWord> _unsorted = [];

    public int Count => _byText.Count;

    public VocabularyWord? Find(string text) => _byText.GetValueOrDefault(text);

    /// <summary>Counts a word; <see cref="Sort"/> has to follow before the next question.</summary>
    public void Add(string text, Term term, int weight)
    {
        if (!_byText.TryGetValue(text, out var word))
        {
            _byText[text] = word = new(text, term);
            _unsorted.Add(word);
        }

        word.Weight += weight;
    }

    public void Sort()
    {
        if (_unsorted.Count == 0)
            return;

        _unsorted.Sort(Compare);
        var merged = new List<VocabularyWord>(_sorted.Count + _unsorted.Count);
        var next = 0;
        foreach (var word in _sorted)
        {
            while (next < _unsorted.Count && Compare(_unsorted[next], word) < 0)
                merged.Add(_unsorted[next++]);
            merged.Add(word);
        }

        merged.AddRange(_unsorted.Skip(next));
        _sorted = merged;
        _unsorted.Clear();
    }

    /// <summary>Words that begin so, the most frequent first.</summary>
    public IEnumerable<VocabularyWord> WithPrefix(string prefix, int most)
    {
        var heaviest = new PriorityQueue<VocabularyWord, int>(most + 1);
        for (var i = FirstFrom(prefix); i < _sorted.Count && _sorted[i].Text.StartsWith(prefix, StringComparison.Ordinal); i++)
        {
            if (heaviest.Count < most)
                heaviest.Enqueue(_sorted[i], _sorted[i].Weight);
            else
                heaviest.EnqueueDequeue(_sorted[i], _sorted[i].Weight);
        }

        return heaviest.UnorderedItems.OrderByDescending(item => item.Priority).ThenBy(item => item.Element.Text, StringComparer.Ordinal).Select(item => item.Element);
    }

    /// <summary>The words that take the fewest edits, the most frequent first: one edit, or two in long words. Numbers are not corrected.</summary>
    public IReadOnlyList<VocabularyWord> Near(string text, int most)
    {
        if (text.Length < ShortestCorrected || text.Any(char.IsAsciiDigit))
            return [];

        var letters = VocabularyWord.LettersOf(text);
        var edits = text.Length < LongEnoughForTwoEdits ? 1 : 2;
        var near = new List<VocabularyWord>();
        foreach (var word in _sorted)
        {
            if (!word.MayBeNear(letters, text.Length, edits) || word.Text.Length < ShortestCorrected - 1)
                continue;

            var distance = EditDistance.Between(text, word.Text, edits);
            if (distance > edits)
                continue;

            if (distance < edits)
                near.Clear();

            edits = distance;
            near.Add(word);
        }

        return [.. near.OrderByDescending(word => word.Text[0] == text[0]).ThenByDescending(word => word.Weight).Take(most)];
    }

    private int FirstFrom(string prefix)
    {
        var (low, high) = (0, _sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_sorted[middle].Text, prefix) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static int Compare(VocabularyWord left, VocabularyWord right) => string.CompareOrdinal(left.Text, right.Text);
}
