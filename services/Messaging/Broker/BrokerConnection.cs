using RabbitMQ.Client;

namespace ShopFlow.Messaging;

/// <summary>
/// One connection, opened when it is asked for and opened anew when it has broken. Who uses it opens its channels again: that is
/// easier to reason about than the client's own recovery, which revives channels behind their users' backs.
/// </summary>
internal sealed class BrokerConnection(IConnectionFactory factory, string name) : IAsyncDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim opening = new(1, 1);
    private IConnection? current;

    /// <exception cref="RabbitMQ.Client.Exceptions.BrokerUnreachableException">The broker doesn't answer.</exception>
    public async Task<IConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (current is { IsOpen: true } open)
            return open;

        await opening.WaitAsync(cancellationToken);
        try
        {
            if (current is not { IsOpen: true })
            {
                await CloseAsync();
                current = await factory.CreateConnectionAsync(name, cancellationToken);
            }

            return current;
        }
        finally
        {
            opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        opening.Dispose();
    }

    private async Task CloseAsync()
    {
        if (current is null)
            return;

        await current.AbortAsync(CloseTimeout);
        await current.DisposeAsync();
        current = null;
    }
}
