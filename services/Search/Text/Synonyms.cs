namespace ShopFlow.Search.Text;

/// <summary>
/// Words and phrases that shoppers use for each other, read from a file: <c>tent, shelter</c> means each finds the other,
/// <c>knives => knife</c> that only the left finds the right. A line that starts with # is a comment.
/// </summary>
internal sealed class Synonyms
{
    private const string OneWay = "=>";
    private const string EmbeddedFile = "synonyms.txt";

    private readonly Dictionary<string, List<Entry>> _byFirstStem = [];

    /// <param name="lines">Lines of the file.</param>
    /// <exception cref="FormatException">A line has no second word or phrase.</exception>
    public Synonyms(IEnumerable<string> lines)
    {
        foreach (var (index, line) in lines.Index())
        {
            if (line.Trim() is { Length: > 0 } entry && !entry.StartsWith('#'))
                Add(entry, index + 1);
        }
    }

    /// <summary>The file that comes with the service, or one in its place.</summary>
    public static Synonyms Read(string? file)
    {
        if (file is not null)
            return new(File.ReadLines(file));

        using var reader = new StreamReader(typeof(Synonyms).Assembly.GetManifestResourceStream(EmbeddedFile)!);
        return new(reader.ReadToEnd().Split('\n'));
    }

    /// <summary>What else the words that begin at <paramref name="start"/> may be called; the longest phrase that is known there.</summary>
    /// <returns>How many stems the phrase has, and the stems of each of its alternatives; 0 for none.</returns>
    public (int Length, IReadOnlyList<string[]> Alternatives) Find(IReadOnlyList<string> stems, int start)
    {
        var found = _byFirstStem.GetValueOrDefault(stems[start])?
            .Where(entry => entry.Phrase.SequenceEqual(stems.Skip(start).Take(entry.Phrase.Length)))
            .MaxBy(entry => entry.Phrase.Length);
        return found is null ? (0, []) : (found.Phrase.Length, found.Alternatives);
    }

    private void Add(string line, int number)
    {
        if (line.Split(OneWay) is [var left, var right])
        {
            var targets = PhrasesOf(right);
            foreach (var phrase in PhrasesOf(left))
                EntryOf(phrase).Alternatives.AddRange(targets);
        }
        else if (PhrasesOf(line) is { Count: >= 2 } equals)
        {
            foreach (var phrase in equals)
                EntryOf(phrase).Alternatives.AddRange(equals.Where(other => other != phrase));
        }
        else
        {
            throw new FormatException($"Line {number} of the synonyms names one word only: {line}");
        }
    }

    private Entry EntryOf(string[] phrase)
    {
        if (!_byFirstStem.TryGetValue(phrase[0], out var entries))
            _byFirstStem[phrase[0]] = entries = [];

        if (entries.Find(entry => entry.Phrase.SequenceEqual(phrase)) is { } known)
            return known;

        entries.Add(new(phrase, []));
        return entries[^1];
    }

    private static List<string[]> PhrasesOf(string list) =>
        [.. list.Split(',').Select(phrase => Words.Of(phrase).SelectMany(word => word.Parts).Select(PorterStemmer.Stem).ToArray()).Where(phrase => phrase.Length > 0)];

    private sealed record Entry(string[] Phrase, List<string[]> Alternatives);
}
