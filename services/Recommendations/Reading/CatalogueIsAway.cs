using Polly.CircuitBreaker;
using Polly.Timeout;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Recommendations.Reading;

/// <summary>Without the catalogue nobody knows what is for sale, so nothing is recommended.</summary>
internal sealed class CatalogueIsAway(ILogger<CatalogueIsAway> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException or BrokenCircuitException)
        {
            logger.LogWarning("Catalog does not answer: {Reason}", e.Message);
            return Problems.Unavailable("The catalogue can't be reached at the moment. Try again.");
        }
    }
}
