using Polly;

namespace ShopFlow.ServiceDefaults.Http;

internal sealed class StandardResilienceHandler(StandardResiliencePipelines pipelines, string clientName) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var pipeline = pipelines.Get(clientName, request.RequestUri?.Authority ?? "");
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(StandardResiliencePipelines.Request, request);

        try
        {
            return await pipeline.ExecuteAsync(
                static async (context, state) => await state.Handler.AttemptAsync(state.request, context.CancellationToken),
                context,
                (Handler: this, request));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private Task<HttpResponseMessage> AttemptAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => base.SendAsync(request, cancellationToken);
}
