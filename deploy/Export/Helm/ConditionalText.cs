using System.Text;

namespace ShopFlow.Export.Helm;

/// <param name="Conditions">All of them must hold; the outer ones come first.</param>
internal sealed record ConditionalLine(string Text, IReadOnlyList<Condition> Conditions);

/// <summary>Writes lines with the <c>if</c>, <c>else</c> and <c>end</c> of templates around those that hang on something.</summary>
internal sealed class ConditionalText
{
    private readonly StringBuilder _text = new();
    private readonly Stack<Condition> _open = new();

    public static string Write(IEnumerable<ConditionalLine> lines)
    {
        var text = new ConditionalText();
        foreach (var line in lines)
            text.Add(line);
        text.CloseTo(0);
        return text._text.ToString();
    }

    private void Add(ConditionalLine line)
    {
        var wanted = line.Conditions;
        var open = _open.Reverse().ToArray();
        var same = open.Zip(wanted).TakeWhile(pair => pair.First.Equals(pair.Second)).Count();

        if (same < open.Length && same < wanted.Count && wanted[same].After(open[same]) is { } instead)
        {
            CloseTo(same + 1);
            _open.Pop();
            Open(instead, instead.Else);
            same++;
        }

        CloseTo(same);
        foreach (var condition in wanted.Skip(_open.Count))
            Open(condition, condition.If);
        _text.Append(line.Text).Append('\n');
    }

    private void Open(Condition condition, string statement)
    {
        _text.Append(statement).Append('\n');
        _open.Push(condition);
    }

    private void CloseTo(int depth)
    {
        for (; _open.Count > depth; _open.Pop())
            _text.Append("{{- end }}\n");
    }
}
