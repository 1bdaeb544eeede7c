namespace Aspire.Hosting;

internal static class EnvironmentVariableName
{
    /// <summary>Turns every character that a shell would not take in a variable's name into an underscore.</summary>
    public static string Encode(string name)
    {
        var encoded = string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
        return encoded is [>= '0' and <= '9', ..] ? $"_{encoded}" : encoded;
    }
}
