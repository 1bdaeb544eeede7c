namespace ShopFlow.Export.Helm;

/// <summary>Holds for some choices of a switch.</summary>
/// <param name="possible">The choices that there can be where it stands.</param>
internal sealed class Condition(Switch decides, IEnumerable<string> chosen, IEnumerable<string> possible) : IEquatable<Condition>
{
    private readonly string[] _chosen = [.. chosen];
    private readonly string[] _possible = [.. possible];
    private IReadOnlyList<Condition> _others = [];

    public Switch Switch => decides;

    public bool IsAlways => _chosen.Length == _possible.Length;

    public string If => $"{{{{- if {Text} }}}}";

    public string Else => IsAlways ? "{{- else }}" : $"{{{{- else if {Text} }}}}";

    private string Text => _others.Count == 0 ? Own : $"or {string.Join(' ', _others.Prepend(this).Select(it => $"({it.Own})"))}";

    private string Own => decides.Condition(_chosen, _possible);

    /// <summary>Holds too where one of the others does.</summary>
    public Condition Or(IReadOnlyList<Condition> others) => new(decides, _chosen, _possible) { _others = others };

    /// <summary>This where the other has not held; null if both can hold, or hang on different switches.</summary>
    public Condition? After(Condition other) => decides.Path == other.Switch.Path && _others.Count + other._others.Count == 0 && !_chosen.Intersect(other._chosen).Any()
        ? new Condition(decides, _chosen, other._possible.Except(other._chosen))
        : null;

    public bool Equals(Condition? other) => other is not null && decides.Path == other.Switch.Path && _chosen.SequenceEqual(other._chosen) && _others.SequenceEqual(other._others);

    public override bool Equals(object? other) => Equals(other as Condition);

    public override int GetHashCode() => HashCode.Combine(decides.Path, _chosen.Length);
}
