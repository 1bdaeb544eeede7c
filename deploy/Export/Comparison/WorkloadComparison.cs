using System.Text.RegularExpressions;

namespace ShopFlow.Export.Comparison;

/// <summary>Holds what we export against what another exporter made of the same model.</summary>
/// <param name="Workloads">How many both have.</param>
/// <param name="Variables">How many variables of these are the same.</param>
public sealed partial record WorkloadComparison(int Workloads, int Variables, IReadOnlyList<WorkloadDifference> Differences)
{
    internal const string Whole = "workload";

    /// <param name="ours">The objects as <c>kubectl kustomize</c> prints them.</param>
    /// <param name="theirs">Theirs likewise. They write the values of secrets down: a secret may have any, if only it has the same everywhere.</param>
    public static WorkloadComparison Between(string ours, string theirs)
    {
        var (left, right) = (WorkloadReader.Read(ours), WorkloadReader.Read(theirs));
        string[] both = [.. left.Keys.Intersect(right.Keys)];
        var (secrets, same, found) = (new Dictionary<string, string>(), 0, new List<WorkloadDifference>());

        foreach (var name in left.Keys.Union(right.Keys).Except(both))
            Add(name, Whole, left.GetValueOrDefault(name)?.Kind, right.GetValueOrDefault(name)?.Kind);
        foreach (var (our, their) in both.Select(name => (left[name], right[name])))
        {
            Compare(our.Name, "image", our.Image, their.Image);
            Compare(our.Name, "ports", our.Ports, their.Ports);
            foreach (var variable in our.Variables.Keys.Union(their.Variables.Keys))
                same += Compare(our.Name, variable, our.Variables.GetValueOrDefault(variable), their.Variables.GetValueOrDefault(variable)) ? 1 : 0;
        }

        return new WorkloadComparison(both.Length, same, [.. found
            .Select(difference => difference with { Theirs = WithoutSecrets(difference.Theirs, secrets) })
            .OrderBy(difference => difference.Workload, StringComparer.Ordinal)
            .ThenBy(difference => difference.What, StringComparer.Ordinal)]);

        bool Compare(string name, string what, string? our, string? their)
        {
            if (IsSame(our, their, secrets))
                return true;
            Add(name, what, our, their);
            return false;
        }

        void Add(string name, string what, string? our, string? their)
        {
            var difference = new WorkloadDifference(name, what, our, their);
            found.Add(difference with { Reason = KnownDifferences.Reason((left.GetValueOrDefault(name) ?? right[name]).Kind, difference) });
        }
    }

    private static bool IsSame(string? ours, string? theirs, Dictionary<string, string> secrets)
    {
        if (ours is null || theirs is null || !ours.Contains('⟨'))
            return ours == theirs;

        string[] names = [.. Secret().Matches(ours).Select(match => match.Value)];
        var form = string.Join("(.+)", Secret().Split(ours).Select(Regex.Escape));
        var values = Regex.Match(theirs, $"^{form}$", RegexOptions.Singleline);
        return values.Success && names.Index().All(secret =>
            secrets.TryAdd(secret.Item, values.Groups[secret.Index + 1].Value) || secrets[secret.Item] == values.Groups[secret.Index + 1].Value);
    }

    private static string? WithoutSecrets(string? text, Dictionary<string, string> secrets) =>
        secrets.Aggregate(text, (hidden, secret) => hidden?.Replace(secret.Value, secret.Key));

    [GeneratedRegex("⟨[^⟩]+⟩")]
    private static partial Regex Secret();
}
