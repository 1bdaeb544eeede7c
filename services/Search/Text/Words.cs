using System.Globalization;
using System.Text;

namespace ShopFlow.Search.Text;

/// <summary>Takes texts apart into words: lower-case, without accents, marks and possessives.</summary>
internal static class Words
{
    private static readonly HashSet<string> StopWords =
        [.. "a an and are as at be but by for from in into is it its of on or our so than that the their to up with you your".Split(' ')];

    private static readonly HashSet<string> Units = [.. "ah c cl cm db g h hz k kg km l lm lux m mah mg ml mm oz v w".Split(' ')];

    public static bool IsStopWord(string word) => StopWords.Contains(word);

    /// <summary>All words of a text in their order, stop words included.</summary>
    public static IEnumerable<Word> Of(string text)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var kind = i < text.Length ? KindAt(text, i) : Kind.Separator;
            if (parts.Count == 0 && part.Length == 0)
                start = i;

            if (kind == Kind.Letter)
                Append(part, char.ToLowerInvariant(text[i]));
            else if (kind == Kind.DecimalPoint)
                part.Append('.');
            else if (kind is Kind.Hyphen or Kind.Separator)
                Take(parts, part);

            if (kind == Kind.Separator && parts.Count > 0)
            {
                yield return new(text[start..i], [.. parts]);
                parts.Clear();
            }
        }
    }

    private static Kind KindAt(string text, int i) => text[i] switch
    {
        '.' or ',' when IsBetweenDigits(text, i) => Kind.DecimalPoint,
        '-' or '\u2011' => Kind.Hyphen,
        '\'' or '\u2019' => Kind.Mark,
        var c when char.IsLetterOrDigit(c) => Kind.Letter,
        var c when char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark => Kind.Mark,
        _ => Kind.Separator,
    };

    private static bool IsBetweenDigits(string text, int i) =>
        i > 0 && i + 1 < text.Length && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]);

    /// <summary>"750ml" is two parts, as is "750 ml"; "e27" stays whole.</summary>
    private static void Take(List<string> parts, StringBuilder part)
    {
        if (part.Length == 0)
            return;

        var text = part.ToString();
        part.Clear();
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        if (digits > 0 && Units.Contains(text[digits..]))
            parts.AddRange([text[..digits], text[digits..]]);
        else
            parts.Add(text);
    }

    private static void Append(StringBuilder word, char letter) => _ = letter switch
    {
        < '\u0080' => word.Append(letter),
        'à' or 'á' or 'â' or 'ã' or 'ä' or 'å' or 'ā' or 'ă' or 'ą' => word.Append('a'),
        'ç' or 'ć' or 'č' => word.Append('c'),
        'ď' or 'đ' or 'ð' => word.Append('d'),
        'è' or 'é' or 'ê' or 'ë' or 'ē' or 'ė' or 'ę' or 'ě' => word.Append('e'),
        'ğ' => word.Append('g'),
        'ì' or 'í' or 'î' or 'ï' or 'ī' or 'į' or 'ı' => word.Append('i'),
        'ł' => word.Append('l'),
        'ñ' or 'ń' or 'ň' => word.Append('n'),
        'ò' or 'ó' or 'ô' or 'õ' or 'ö' or 'ø' or 'ō' or 'ő' => word.Append('o'),
        'ř' => word.Append('r'),
        'ś' or 'š' or 'ş' => word.Append('s'),
        'ť' => word.Append('t'),
        'ù' or 'ú' or 'û' or 'ü' or 'ū' or 'ů' or 'ű' => word.Append('u'),
        'ý' or 'ÿ' => word.Append('y'),
        'ź' or 'ż' or 'ž' => word.Append('z'),
        'æ' => word.Append("ae"),
        'œ' => word.Append("oe"),
        'ß' => word.Append("ss"),
        'þ' => word.Append("th"),
        _ => word.Append(letter),
    };

    private enum Kind
    {
        Letter,
        DecimalPoint,
        Hyphen,

        /// <summary>Left out, without ending the word.</summary>
        Mark,

        Separator,
    }
}
