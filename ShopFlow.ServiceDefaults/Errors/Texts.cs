namespace ShopFlow.ServiceDefaults;

public static class Texts
{
    /// <summary>One line of 1 to <paramref name="longest"/> characters that a database can keep.</summary>
    public static bool IsLine(string? text, int longest) => text is { Length: >= 1 } && text.Length <= longest && !text.Any(char.IsControl);
}
