namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names of resources and endpoints become host names, variable names and object names, so few characters are allowed.</summary>
internal static class ModelName
{
    private const int MaxLength = 64;

    /// <exception cref="ArgumentException">The name breaks a rule; the message says which.</exception>
    public static void Validate(string kind, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        if (FindProblem(name) is { } problem)
        {
            throw new ArgumentException($"{kind} name '{name}' is invalid. {problem}", nameof(name));
        }
    }

    private static string? FindProblem(string name) => name switch
    {
        { Length: > MaxLength } => $"Name must be between 1 and {MaxLength} characters long.",
        _ when !char.IsAsciiLetter(name[0]) => "Name must start with an ASCII letter.",
        _ when name.Any(character => !char.IsAsciiLetterOrDigit(character) && character != '-') => "Name must contain only ASCII letters, digits, and hyphens.",
        _ when name.Contains("--", StringComparison.Ordinal) => "Name cannot contain consecutive hyphens.",
        _ when name.EndsWith('-') => "Name cannot end with a hyphen.",
        _ => null,
    };
}
