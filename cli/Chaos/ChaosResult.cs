using ShopFlow.Cli.Audit;

namespace ShopFlow.Cli.Chaos;

/// <summary>The figures of a run.</summary>
/// <param name="Seed">It chose the order of the faults, the cards and the goods.</param>
/// <param name="Wanted">Orders that shoppers wanted to place.</param>
/// <param name="Acknowledged">Those that the shop said 201 to.</param>
/// <param name="Confirmed">Those that were paid.</param>
/// <param name="Cancelled">Those that were not: cards that decline, money that did not come in time.</param>
/// <param name="Retries">How often shoppers had to try again.</param>
/// <param name="SettledAfter">Seconds from the last answer until nothing was on its way any more.</param>
/// <param name="Unsettled">What still was when the time was over.</param>
/// <param name="Faults">One after the other.</param>
/// <param name="BrokenPromises">What shoppers were told and is not so.</param>
/// <param name="Audit">All checks.</param>
internal sealed record ChaosResult(
    int Seed,
    int Wanted,
    int Acknowledged,
    int Confirmed,
    int Cancelled,
    int Retries,
    double SettledAfter,
    Unsettled Unsettled,
    IReadOnlyList<FaultResult> Faults,
    IReadOnlyList<string> BrokenPromises,
    IReadOnlyList<CheckResult> Audit)
{
    public bool IsGood => Unsettled.IsNothing && Acknowledged == Wanted && BrokenPromises.Count == 0 && Audit.All(check => check.Breaches.Count == 0);
}
