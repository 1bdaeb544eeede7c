using System.Text.Json;

namespace ShopFlow.Export.Manifests;

/// <summary>Reads the fields of one object of the manifest. What is wrong goes to the list, and a harmless value comes back.</summary>
internal readonly struct ManifestFields(string resource, string path, JsonElement json, ProblemList problems)
{
    public string Resource => resource;

    private bool IsObject => json.ValueKind == JsonValueKind.Object;

    public string? OptionalString(string field)
    {
        if (Find(field) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();

        Wrong(field, "must be a string");
        return null;
    }

    public string String(string field) => OptionalString(field) ?? Missing(field, "");

    public Template? OptionalTemplate(string field) => OptionalString(field) is { } text ? Parse(field, text) : null;

    public bool Boolean(string field)
    {
        if (Find(field) is not { } value)
            return false;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();

        Wrong(field, "must be true or false");
        return false;
    }

    public int? OptionalPort(string field)
    {
        if (Find(field) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var port) && port is > 0 and <= ushort.MaxValue)
            return port;

        Wrong(field, "must be a port between 1 and 65535");
        return null;
    }

    public IReadOnlyList<Template> Templates(string field)
    {
        var templates = new List<Template>();
        foreach (var (index, value) in Items(field).Index())
        {
            if (value.ValueKind == JsonValueKind.String)
                templates.Add(Parse($"{field}[{index}]", value.GetString()!));
            else
                Wrong($"{field}[{index}]", "must be a string");
        }

        return templates;
    }

    public IReadOnlyList<ManifestVariable> Variables(string field)
    {
        var variables = new List<ManifestVariable>();
        foreach (var (name, value) in Members(field))
        {
            if (value.ValueKind == JsonValueKind.String)
                variables.Add(new ManifestVariable(name, Parse($"{field}.{name}", value.GetString()!)));
            else
                Wrong($"{field}.{name}", "must be a string");
        }

        return variables;
    }

    public IReadOnlyList<(string Name, ManifestFields Fields)> Objects(string field)
    {
        var (source, root, list) = (resource, At(field), problems);
        return [.. Members(field).Select(member => (member.Name, new ManifestFields(source, $"{root}.{member.Name}", member.Value, list)))];
    }

    public IReadOnlyList<ManifestFields> List(string field)
    {
        var (source, root, list) = (resource, At(field), problems);
        return [.. Items(field).Select((item, index) => new ManifestFields(source, $"{root}[{index}]", item, list))];
    }

    public ManifestFields? OptionalObject(string field) =>
        Find(field) is { ValueKind: JsonValueKind.Object } value ? new ManifestFields(resource, At(field), value, problems) : null;

    public bool Has(string field) => Find(field) is not null;

    /// <summary>Says so of each field that is not among the known ones: what is passed over in silence is missing in the cluster.</summary>
    public void RefuseOthers(params ReadOnlySpan<string> known)
    {
        if (!IsObject)
        {
            problems.Add(resource, path, "must be an object");
            return;
        }

        foreach (var member in json.EnumerateObject())
            if (!known.Contains(member.Name))
                Wrong(member.Name, "is not known for this type");
    }

    public void Wrong(string field, string message) => problems.Add(resource, At(field), message);

    private Template Parse(string field, string text)
    {
        try
        {
            return Template.Parse(text);
        }
        catch (FormatException e)
        {
            Wrong(field, e.Message);
            return new Template(text, []);
        }
    }

    private T Missing<T>(string field, T instead)
    {
        Wrong(field, "is missing");
        return instead;
    }

    private JsonElement? Find(string field) => IsObject && json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private IEnumerable<JsonElement> Items(string field) => Find(field) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        _ => WrongKind<JsonElement>(field, "must be a list"),
    };

    private IEnumerable<(string Name, JsonElement Value)> Members(string field) => Find(field) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Object } members => members.EnumerateObject().Select(member => (member.Name, member.Value)),
        _ => WrongKind<(string, JsonElement)>(field, "must be an object"),
    };

    private IEnumerable<T> WrongKind<T>(string field, string message)
    {
        Wrong(field, message);
        return [];
    }

    private string At(string field) => path.Length == 0 ? field : $"{path}.{field}";
}
