using ShopFlow.Tests.Servers;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(RedisServer))]

namespace ShopFlow.Tests.Servers;

/// <summary>One Redis for all tests, started by the first that asks. Tests keep out of each other's way by their keys.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly NativeServer server = new(RepositoryFiles.Path("ShopFlow.AppHost/Native/redis.sh"));
    private readonly Lazy<Task> started;

    public RedisServer() => started = new(StartAsync);

    public string Address => $"127.0.0.1:{server.Port},password={server.Password},abortConnect=false";

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
            using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},password={server.Password},connectTimeout=1000");
            await connection.GetDatabase().PingAsync();
            return true;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return false;
        }
    }
}
