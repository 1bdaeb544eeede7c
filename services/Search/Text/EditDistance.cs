namespace ShopFlow.Search.Text;

/// <summary>
/// How many letters have to be inserted, dropped, replaced or swapped with their neighbour to make one word of another: the optimal string
/// alignment distance.
/// </summary>
internal static class EditDistance
{
    private const int LongestWord = 64;

    /// <summary>Up to <paramref name="most"/>; one more when it is more.</summary>
    public static int Between(ReadOnlySpan<char> from, ReadOnlySpan<char> to, int most)
    {
        if (Math.Abs(from.Length - to.Length) > most || to.Length > LongestWord)
            return most + 1;

        Span<int> beforeLast = stackalloc int[to.Length + 1];
        Span<int> last = stackalloc int[to.Length + 1];
        Span<int> row = stackalloc int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
            last[j] = j;

        for (var i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                var cost = Math.Min(Math.Min(last[j], row[j - 1]) + 1, replaced);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    cost = Math.Min(cost, beforeLast[j - 2] + 1);

                row[j] = cost;
                least = Math.Min(least, cost);
            }

            if (least > most)
                return most + 1;

            var free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }

        return last[to.Length];
    }
}
