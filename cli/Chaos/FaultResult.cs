namespace ShopFlow.Cli.Chaos;

/// <summary>What a fault did, in seconds.</summary>
/// <param name="Fault">Its name.</param>
/// <param name="HealthyAfter">From the fault until every resource was healthy again.</param>
/// <param name="LongestWait">The longest that a shopper waited for the answer to an order, retries included.</param>
/// <param name="Retries">How often shoppers had to try again.</param>
internal sealed record FaultResult(string Fault, double HealthyAfter, double LongestWait, int Retries);
