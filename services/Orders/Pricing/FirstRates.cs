namespace ShopFlow.Orders.Pricing;

/// <summary>
/// The rates that the shop opens with, from <c>rates.json</c>: examples of real ones, for an administrator to check. A migration
/// stores them.
/// </summary>
internal static class FirstRates
{
    public static string Read()
    {
        using var file = typeof(FirstRates).Assembly.GetManifestResourceStream("rates.json")
            ?? throw new InvalidOperationException("The resource rates.json is missing from the assembly.");
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    public static string InsertStatement() => $"""
        insert into rates (version, sheet, created_at, created_by)
        values (1, '{Read().Replace("'", "''")}', now(), 'opening')
        on conflict (version) do nothing;
        """;
}
