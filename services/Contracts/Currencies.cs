using System.Collections.Frozen;

namespace ShopFlow.Contracts;

/// <summary>The currencies that ShopFlow sells in, and the digits of each after the decimal point (ISO 4217).</summary>
public static class Currencies
{
    private static readonly FrozenDictionary<string, int> DigitsByCode = new Dictionary<string, int>
    {
        ["USD"] = 2,
        ["EUR"] = 2,
        ["GBP"] = 2,
        ["INR"] = 2,
        ["JPY"] = 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Codes => DigitsByCode.Keys;

    public static bool Contains(string? code) => code is not null && DigitsByCode.ContainsKey(code);

    /// <exception cref="ArgumentException">The currency isn't one of <see cref="Codes"/>.</exception>
    public static int Digits(string code) => DigitsByCode.TryGetValue(code, out var digits)
        ? digits
        : throw new ArgumentException($"Unknown currency '{code}'.", nameof(code));
}
