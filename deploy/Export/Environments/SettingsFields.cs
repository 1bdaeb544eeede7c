using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ShopFlow.Export.Environments;

/// <summary>Reads typed values out of a <see cref="SettingsNode"/>. What is wrong goes to the list, and a harmless value comes back.</summary>
internal sealed partial class SettingsFields(SettingsNode node, ProblemList problems)
{
    public const string QuantityPattern = @"^\d+(\.\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$";

    public IEnumerable<string> Names => node.Members?.Keys ?? [];

    public SettingsFields Object(string name)
    {
        var member = node.Find(name) ?? SettingsNode.Empty(node.Source, At(name));
        if (member.Members is null)
            Wrong(member, "must be a mapping");
        return new SettingsFields(member, problems);
    }

    public SettingsFields? OptionalObject(string name) => node.Find(name) is null ? null : Object(name);

    public string? OptionalText(string name)
    {
        if (node.Find(name) is not { } member)
            return null;
        if (member.Text is not { Length: > 0 })
            Wrong(member, "must be a text");
        return member.Text;
    }

    public string Text(string name) => OptionalText(name) ?? Missing(name, "");

    public bool Boolean(string name) => OptionalText(name) switch
    {
        "true" => true,
        "false" or null => false,
        _ => Wrong(node.Find(name)!, "must be true or false", false),
    };

    public int Integer(string name, int min, int max)
    {
        var text = Text(name);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        return text.Length == 0 ? min : Wrong(node.Find(name)!, $"must be a number from {min} to {max}", min);
    }

    public int? OptionalInteger(string name, int min, int max) => node.Find(name) is null ? null : Integer(name, min, max);

    public double Number(string name, double min, double max)
    {
        var text = Text(name);
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        return text.Length == 0 ? min : Wrong(node.Find(name)!, FormattableString.Invariant($"must be a number from {min} to {max}"), min);
    }

    /// <summary>A quantity of Kubernetes: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/.</summary>
    public string Quantity(string name)
    {
        var text = Text(name);
        return text.Length == 0 || QuantityForm().IsMatch(text) ? text : Wrong(node.Find(name)!, $"'{text}' is no quantity, as 250m or 5Gi are", text);
    }

    /// <returns>0 to 100. The sign is part of it, so that nobody takes 0.5 for a half.</returns>
    public double Percent(string name)
    {
        var text = Text(name);
        if (text is [.. var share, '%'] && double.TryParse(share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100)
            return percent;
        return text.Length == 0 ? 0 : Wrong(node.Find(name)!, $"'{text}' is no share from 0% to 100%", 0.0);
    }

    public TimeSpan Duration(string name)
    {
        var text = Text(name);
        if (DurationForm().Match(text) is { Success: true } match)
            return int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * (match.Groups[2].Value switch
            {
                "ms" => TimeSpan.FromMilliseconds(1),
                "s" => TimeSpan.FromSeconds(1),
                _ => TimeSpan.FromMinutes(1),
            });
        return text.Length == 0 ? default : Wrong(node.Find(name)!, $"'{text}' is no duration, as 200ms, 30s or 5m are", TimeSpan.Zero);
    }

    public Cpu Cpu()
    {
        var cpu = Object("cpu");
        return new Cpu(cpu.Quantity("request"), cpu.Quantity("limit"));
    }

    public Memory Memory()
    {
        var memory = Object("memory");
        return new Memory(memory.Integer("measured", 16, 1024 * 1024), memory.Number("margin", 1, 10));
    }

    public T Choice<T>(string name) where T : struct, Enum
    {
        var text = Text(name);
        if (text.Length == 0)
            return default;
        if (Enum.GetValues<T>().Select(value => (T?)value).FirstOrDefault(value => Name(value!.Value) == text) is { } chosen)
            return chosen;
        return Wrong(node.Find(name)!, $"must be one of {string.Join(", ", Enum.GetValues<T>().Select(Name))}", default(T));

        static string Name(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
    }

    public IReadOnlyList<string> Texts(string name)
    {
        if (node.Find(name) is not { } member)
            return [];
        if (member.Items is { } items && items.All(item => item.Text is not null))
            return [.. items.Select(item => item.Text!)];
        return Wrong<IReadOnlyList<string>>(member, "must be a list of texts", []);
    }

    public void Wrong(string name, string message) => problems.Add((node.Find(name) ?? node).Source, At(name), message);

    private void Wrong(SettingsNode at, string message) => problems.Add(at.Source, at.Path, message);

    private T Wrong<T>(SettingsNode at, string message, T instead)
    {
        Wrong(at, message);
        return instead;
    }

    private T Missing<T>(string name, T instead)
    {
        problems.Add(node.Source, At(name), "is missing");
        return instead;
    }

    private string At(string name) => node.Path.Length == 0 ? name : $"{node.Path}.{name}";

    [GeneratedRegex(@"^([1-9]\d{0,5})(ms|s|m)$")]
    private static partial Regex DurationForm();

    [GeneratedRegex(QuantityPattern)]
    private static partial Regex QuantityForm();
}
