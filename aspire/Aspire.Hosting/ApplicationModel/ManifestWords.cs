namespace Aspire.Hosting.ApplicationModel;

internal static class ManifestWords
{
    /// <summary>The letters and digits of a text in lower case, with one hyphen for whatever was between them.</summary>
    public static string Join(string text)
    {
        var characters = text.Select(character => char.IsLetterOrDigit(character) ? char.ToLowerInvariant(character) : ' ');
        return string.Join('-', string.Concat(characters).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
