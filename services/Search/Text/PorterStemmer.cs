namespace ShopFlow.Search.Text;

/// <summary>
/// Porter's algorithm (M. F. Porter, "An algorithm for suffix stripping", 1980, https://tartarus.org/martin/PorterStemmer/def.txt):
/// "headphones" and "headphone" become "headphon". Words are lower-case a-z; others come back as they are.
/// </summary>
internal static class PorterStemmer
{
    // A suffix stands before those that it ends with: the longest decides, whether or not what is left of the word is long enough.
    private static readonly (string Suffix, string Replacement)[] Step2 =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"), ("alli", "al"),
        ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ];

    private static readonly (string Suffix, string Replacement)[] Step3 =
        [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

    private static readonly string[] Step4 =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic", "ou",
    ];

    public static string Stem(string word)
    {
        if (word.Length <= 2 || !word.All(char.IsAsciiLetterLower))
            return word;

        word = WithoutPlural(word);
        word = WithoutPastOrGerund(word);
        if (word[^1] == 'y' && HasVowel(word[..^1]))
            word = word[..^1] + "i";

        word = Replace(word, Step2);
        word = Replace(word, Step3);
        word = WithoutSuffix(word);
        return Tidy(word);
    }

    private static string WithoutPlural(string word)
    {
        if (Ends(word, "sses") || Ends(word, "ies"))
            return word[..^2];

        return Ends(word, "s") && !Ends(word, "ss") ? word[..^1] : word;
    }

    private static string WithoutPastOrGerund(string word)
    {
        if (Ends(word, "eed"))
            return Measure(word[..^3]) > 0 ? word[..^1] : word;

        var stem = Ends(word, "ed") ? word[..^2] : Ends(word, "ing") ? word[..^3] : null;
        if (stem is null || !HasVowel(stem))
            return word;

        if (Ends(stem, "at") || Ends(stem, "bl") || Ends(stem, "iz"))
            return stem + "e";
        if (EndsInDouble(stem) && stem[^1] is not ('l' or 's' or 'z'))
            return stem[..^1];

        return Measure(stem) == 1 && EndsInShortSyllable(stem) ? stem + "e" : stem;
    }

    private static string Replace(string word, (string Suffix, string Replacement)[] rules)
    {
        foreach (var (suffix, replacement) in rules)
        {
            if (Ends(word, suffix))
                return Measure(word[..^suffix.Length]) > 0 ? word[..^suffix.Length] + replacement : word;
        }

        return word;
    }

    private static string WithoutSuffix(string word)
    {
        if (Array.Find(Step4, suffix => Ends(word, suffix)) is not { } suffix)
            return word;

        var stem = word[..^suffix.Length];
        return Measure(stem) > 1 && (suffix != "ion" || Ends(stem, "s") || Ends(stem, "t")) ? stem : word;
    }

    private static string Tidy(string word)
    {
        if (word[^1] == 'e')
        {
            var stem = word[..^1];
            var measure = Measure(stem);
            if (measure > 1 || (measure == 1 && !EndsInShortSyllable(stem)))
                word = stem;
        }

        return Ends(word, "ll") && Measure(word) > 1 ? word[..^1] : word;
    }

    private static bool Ends(string word, string suffix) => word.EndsWith(suffix, StringComparison.Ordinal);

    private static bool IsVowel(string word, int i) => word[i] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => true,
        'y' => i > 0 && !IsVowel(word, i - 1),
        _ => false,
    };

    private static bool HasVowel(string word) => Enumerable.Range(0, word.Length).Any(i => IsVowel(word, i));

    /// <summary>How often a vowel is followed by a consonant: Porter's m.</summary>
    private static int Measure(string word)
    {
        var measure = 0;
        for (var i = 1; i < word.Length; i++)
        {
            if (IsVowel(word, i - 1) && !IsVowel(word, i))
                measure++;
        }

        return measure;
    }

    private static bool EndsInDouble(string word) => word.Length >= 2 && word[^1] == word[^2] && !IsVowel(word, word.Length - 1);

    /// <summary>Consonant, vowel, consonant, the last of them none of w, x and y.</summary>
    private static bool EndsInShortSyllable(string word) =>
        word.Length >= 3
        && !IsVowel(word, word.Length - 3) && IsVowel(word, word.Length - 2) && !IsVowel(word, word.Length - 1)
        && word[^1] is not ('w' or 'x' or 'y');
}
