namespace ShopFlow.Export.Helm;

/// <summary>A value that decides which objects there are, or which lines they have.</summary>
/// <param name="Usual">What <c>values.yaml</c> has.</param>
internal sealed record Switch(string Path, string Usual, IReadOnlyList<Choice> Choices)
{
    /// <summary>Of which service it is a setting, as <c>paymentSandbox</c>; null: of the shop.</summary>
    public string? Service { get; } = Path.Split('.') is ["services", var service, ..] ? service : null;

    public IEnumerable<string> Names => Choices.Select(choice => choice.Name);

    /// <summary>A template's condition that holds for these choices, where no others than <paramref name="possible"/> can be.</summary>
    public string Condition(IReadOnlyCollection<string> chosen, IEnumerable<string> possible)
    {
        Choice[] excluded = [.. Choices.Where(choice => possible.Contains(choice.Name) && !chosen.Contains(choice.Name))];
        Choice[] included = [.. Choices.Where(choice => chosen.Contains(choice.Name))];
        var positive = included is [var only] ? only.Is : $"or {string.Join(' ', included.Select(choice => $"({choice.Is})"))}";
        return excluded is [var other] && Words(other.IsNot) < Words(positive) ? other.IsNot : positive;

        static int Words(string condition) => condition.Count(letter => letter == ' ');
    }
}

/// <param name="Is">A template's condition that holds when it was chosen.</param>
/// <param name="IsNot">One that holds when it was not.</param>
internal sealed record Choice(string Name, string Is, string IsNot);
