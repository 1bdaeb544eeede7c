using System.Collections.Frozen;

namespace ShopFlow.Contracts;

/// <summary>The currencies that ShopFlow sells in, and the digits of each after the decimal point (ISO 4217).</summary>
public static class Currencies
{
    /// <summary>What prices are in when nobody asks for a currency.</summary>
    public const string Default = "USD";

    private static readonly FrozenDictionary<string, int> DigitsByCode = new Dictionary<string, int>
    {
        ["USD"] = 2,
        ["EUR"] = 2,
        ["GBP"] = 2,
        ["INR"] = 2,
        ["JPY"] = 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Codes => DigitsByCode.Keys;

    /// <summary>What a field that names one must be, for a refusal.</summary>
    public static string Requirement { get; } = $"must be one of {string.Join(", ", Codes)}";

    /// <summary>The currency that somebody asked for, in whatever letters, or the default.</summary>
    /// <param name="asked">Null or empty where they named none.</param>
    /// <param name="code">The default also for an unknown one.</param>
    /// <returns>Whether there is such a currency.</returns>
    public static bool TryRead(string? asked, out string code)
    {
        code = string.IsNullOrEmpty(asked) ? Default : asked.ToUpperInvariant();
        if (Contains(code))
            return true;

        code = Default;
        return false;
    }

    public static bool Contains(string? code) => code is not null && DigitsByCode.ContainsKey(code);

    /// <exception cref="ArgumentException">The currency isn't one of <see cref="Codes"/>.</exception>
    public static int Digits(string code) => DigitsByCode.TryGetValue(code, out var digits)
        ? digits
        : throw new ArgumentException($"Unknown currency '{code}'.", nameof(code));
}
