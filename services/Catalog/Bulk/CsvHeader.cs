namespace ShopFlow.Catalog.Bulk;

/// <summary>Which column is where in a file; the order is the file's own.</summary>
internal sealed class CsvHeader
{
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);

    public CsvHeader(int line, List<string>? names)
    {
        if (names is null)
        {
            Errors.Add(new(line, "", "has a quotation mark inside a field"));
            return;
        }

        for (var i = 0; i < names.Count; i++)
        {
            if (!CsvColumns.All.Contains(names[i], StringComparer.OrdinalIgnoreCase))
                Errors.Add(new(line, names[i], $"is not one of the columns {string.Join(", ", CsvColumns.All)}"));
            else if (!_places.TryAdd(names[i], i))
                Errors.Add(new(line, names[i], "is there twice"));
        }

        foreach (var missing in CsvColumns.All.Except(CsvColumns.Optional).Where(column => !_places.ContainsKey(column)))
            Errors.Add(new(line, missing, "is a column that the header must name"));
    }

    public List<RowError> Errors { get; } = [];

    public int Count => _places.Count;

    /// <summary>Null when the file has no such column.</summary>
    public string? Read(IReadOnlyList<string> fields, string column) => _places.TryGetValue(column, out var place) ? fields[place] : null;
}
