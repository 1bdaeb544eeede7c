namespace ShopFlow.Payments.Settlement;

internal static class Backoff
{
    /// <summary>The wait after an attempt: doubled each time, with a fifth of it left to chance so that many do not return at once.</summary>
    public static TimeSpan After(int attempt, PaymentsOptions options)
    {
        var wait = options.Backoff * Math.Pow(2, Math.Clamp(attempt - 1, 0, 20));
        var bounded = wait < options.MaxBackoff ? wait : options.MaxBackoff;
        return bounded * (0.8 + 0.2 * Random.Shared.NextDouble());
    }
}
