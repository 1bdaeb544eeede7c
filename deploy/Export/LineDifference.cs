namespace ShopFlow.Export;

internal static class LineDifference
{
    /// <summary>Every line of both in order, with a space where both have it, <c>-</c> where only the first has, <c>+</c> where only the second has.</summary>
    public static IEnumerable<(char Mark, string Text, int Before, int After)> Between(string[] before, string[] after)
    {
        // The longest common subsequence stays; lengths[i, j] is its length from line i of one and j of the other on.
        var lengths = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
            for (var j = after.Length - 1; j >= 0; j--)
                lengths[i, j] = before[i] == after[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);

        var (a, b) = (0, 0);
        while (a < before.Length || b < after.Length)
        {
            if (a < before.Length && b < after.Length && before[a] == after[b])
                yield return (' ', before[a], a++, b++);
            else if (b == after.Length || (a < before.Length && lengths[a + 1, b] >= lengths[a, b + 1]))
                yield return ('-', before[a], a++, b);
            else
                yield return ('+', after[b], a, b++);
        }
    }
}
