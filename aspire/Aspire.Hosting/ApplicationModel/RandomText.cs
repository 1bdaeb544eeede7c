using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Passwords from the operating system's random source.</summary>
internal static class RandomText
{
    // Without the letters that are mistaken for digits.
    public const string LowerLetters = "abcdefghjkmnpqrstuvwxyz";
    public const string UpperLetters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    public const string Digits = "0123456789";
    public const string SpecialCharacters = "-_.{}~()*+!";

    /// <summary>One kind of characters, whether it may be used, and how often at least.</summary>
    public readonly record struct Kind(string Characters, bool Allowed, int Minimum);

    /// <exception cref="ArgumentException">A kind is demanded but not allowed, or none is allowed.</exception>
    public static string Create(int minLength, params ReadOnlySpan<Kind> kinds)
    {
        var alphabet = "";
        var text = new List<char>();

        foreach (var kind in kinds)
        {
            if (kind is { Allowed: false, Minimum: > 0 })
            {
                throw new ArgumentException(
                    $"At least {kind.Minimum} of '{kind.Characters}' are demanded, but none is allowed.",
                    nameof(kinds));
            }

            if (kind.Allowed)
            {
                alphabet += kind.Characters;
                text.AddRange(RandomNumberGenerator.GetItems<char>(kind.Characters, kind.Minimum));
            }
        }

        if (alphabet.Length == 0)
        {
            throw new ArgumentException("At least one kind of characters must be allowed.", nameof(kinds));
        }

        text.AddRange(RandomNumberGenerator.GetItems<char>(alphabet, Math.Max(0, minLength - text.Count)));

        var characters = text.ToArray();
        RandomNumberGenerator.Shuffle<char>(characters);
        return new string(characters);
    }
}
