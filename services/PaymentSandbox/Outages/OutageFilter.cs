using ShopFlow.PaymentSandbox.Cards;

namespace ShopFlow.PaymentSandbox.Outages;

/// <summary>While the network is cut, callers find their connection broken.</summary>
internal sealed class OutageFilter(CardNetwork network) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!network.IsCut)
            return next(context);

        context.HttpContext.Abort();
        return ValueTask.FromResult<object?>(TypedResults.Empty);
    }
}
