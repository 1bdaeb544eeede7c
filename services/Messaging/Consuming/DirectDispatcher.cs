using Microsoft.Extensions.DependencyInjection;

namespace ShopFlow.Messaging;

/// <summary>For a service without a database: there is no inbox, and its handlers see to it that an event has its effect once.</summary>
internal sealed class DirectDispatcher(IServiceScopeFactory scopes) : IEventDispatcher
{
    public async Task<IReadOnlyCollection<ReceivedEvent>> DispatchAsync(IReadOnlyList<ReceivedEvent> batch, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await batch.InvokeHandlersAsync(scope.ServiceProvider, cancellationToken);
        return batch;
    }
}
