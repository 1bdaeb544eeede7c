using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using ShopFlow.Tests.Servers;

[assembly: AssemblyFixture(typeof(RabbitMqServer))]

namespace ShopFlow.Tests.Servers;

/// <summary>
/// One RabbitMQ for all tests, started by the first that asks. Tests keep apart by the names of their services. A test that
/// stops the broker makes one for itself.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private readonly NativeServer server = new NativeServer(RepositoryFiles.Path("ShopFlow.AppHost/Native/rabbitmq.sh"))
        .With("SHOPFLOW_DIST_PORT", NativeServer.FreePort())
        .With("SHOPFLOW_EPMD_PORT", NativeServer.FreePort());

    private readonly Lazy<Task> started;

    public RabbitMqServer() => started = new(StartAsync);

    /// <summary>Known before the server runs.</summary>
    public string Address => $"amqp://guest:{server.Password}@127.0.0.1:{server.Port}";

    /// <summary>The address, once the server answers.</summary>
    public async Task<string> RunningAddressAsync()
    {
        await started.Value;
        return Address;
    }

    public Task StartAsync() => server.StartAsync(AnswersAsync);

    public Task StopAsync() => server.StopAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<bool> AnswersAsync()
    {
        try
        {
            var factory = new ConnectionFactory { Uri = new(Address), RequestedConnectionTimeout = TimeSpan.FromSeconds(2) };
            await using var connection = await factory.CreateConnectionAsync();
            return true;
        }
        catch (BrokerUnreachableException)
        {
            return false;
        }
    }
}
