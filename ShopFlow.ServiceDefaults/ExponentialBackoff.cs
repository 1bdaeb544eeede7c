namespace ShopFlow.ServiceDefaults;

public static class ExponentialBackoff
{
    /// <summary>The wait after an attempt: doubled each time, with a fifth of it left to chance so that many do not return at once.</summary>
    /// <param name="attempt">1 for the first.</param>
    /// <param name="first">The wait after it.</param>
    /// <param name="longest">No wait is longer.</param>
    public static TimeSpan After(int attempt, TimeSpan first, TimeSpan longest)
    {
        var wait = first * Math.Pow(2, Math.Clamp(attempt - 1, 0, 20));
        var bounded = wait < longest ? wait : longest;
        return bounded * (0.8 + 0.2 * Random.Shared.NextDouble());
    }
}
