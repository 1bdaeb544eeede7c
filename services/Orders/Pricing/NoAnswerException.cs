using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Pricing;

/// <summary>A service that is needed for a quote can't be asked at the moment.</summary>
internal sealed class NoAnswerException(string service, Exception cause) : Exception($"{service} does not answer.", cause)
{
    public ProblemHttpResult Problem { get; } =
        Problems.Unavailable($"The {service} service can't be asked at the moment. Try again with the same request.");
}
