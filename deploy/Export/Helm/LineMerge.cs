namespace ShopFlow.Export.Helm;

/// <summary>The lines of an object for each choice of a switch on which they hang.</summary>
internal sealed record Variant(Switch Switch, IReadOnlyDictionary<string, string[]> Lines);

/// <summary>Merges the variants of an object into one list of lines, each with the conditions under which it is there.</summary>
internal sealed class LineMerge
{
    private readonly string[] _home;
    private readonly List<Condition>[] _conditions;

    // What comes before the line of that number; the last comes after all lines.
    private readonly List<(Condition Condition, string[] Lines)>[] _inserted;

    public LineMerge(string[] home, IEnumerable<Variant> variants)
    {
        _home = home;
        _conditions = [.. home.Select(_ => new List<Condition>())];
        _inserted = [.. Enumerable.Range(0, home.Length + 1).Select(_ => new List<(Condition, string[])>())];
        foreach (var variant in variants)
            Add(variant);
    }

    public IEnumerable<ConditionalLine> Lines => Enumerable.Range(0, _home.Length + 1).SelectMany(at =>
        _inserted[at]
            .SelectMany(insert => insert.Lines.Select(text => new ConditionalLine(text, [.. Around(at, insert.Condition), insert.Condition])))
            .Concat(at < _home.Length ? [new ConditionalLine(_home[at], _conditions[at])] : []));

    private void Add(Variant variant)
    {
        var changes = variant.Lines.ToDictionary(lines => lines.Key, lines => Changes(lines.Value));
        for (var at = 0; at <= _home.Length; at++)
        {
            var kept = new Condition(variant.Switch, changes.Where(change => !change.Value.Deleted.Contains(at)).Select(change => change.Key), changes.Keys);
            if (at < _home.Length && !kept.IsAlways)
                _conditions[at].Add(kept);

            foreach (var same in changes.Where(change => change.Value.Inserted.ContainsKey(at)).GroupBy(change => string.Join('\n', change.Value.Inserted[at])))
            {
                if (_inserted[at].Any(other => other.Condition.Switch.Path != variant.Switch.Path))
                    throw new InvalidOperationException($"{_inserted[at][0].Condition.Switch.Path} and {variant.Switch.Path} change the same line: {same.Key}");
                _inserted[at].Add((new Condition(variant.Switch, same.Select(change => change.Key), changes.Keys), same.Key.Split('\n')));
            }
        }
    }

    // What is inserted hangs on whatever else the line hangs on in whose place or in whose midst it is.
    private IEnumerable<Condition> Around(int at, Condition inserted)
    {
        if (at == _home.Length)
            return [];

        var others = _conditions[at].Where(condition => condition.Switch.Path != inserted.Switch.Path);
        var isInPlace = _conditions[at].Any(condition => condition.Switch.Path == inserted.Switch.Path);
        return isInPlace || at == 0 ? others : others.Intersect(_conditions[at - 1]);
    }

    // In a change, what is new stands before what it takes the place of.
    private (HashSet<int> Deleted, Dictionary<int, List<string>> Inserted) Changes(string[] lines)
    {
        var (deleted, inserted, start) = (new HashSet<int>(), new Dictionary<int, List<string>>(), 0);
        foreach (var (mark, text, before, _) in LineDifference.Between(_home, lines))
        {
            if (mark == ' ')
                start = before + 1;
            else if (mark == '-')
                deleted.Add(before);
            else if (inserted.TryGetValue(start, out var already))
                already.Add(text);
            else
                inserted[start] = [text];
        }

        return (deleted, inserted);
    }
}
