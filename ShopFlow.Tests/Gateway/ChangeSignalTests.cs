using ShopFlow.Tests.Servers;
using StackExchange.Redis;

namespace ShopFlow.Tests.Gateway;

/// <summary>The signal over a real Redis, which goes and comes back.</summary>
public sealed class ChangeSignalTests : IAsyncLifetime
{
    private const string Channel = "shopflow:catalog:changed";
    private const string List = "/products";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly NativeServer _redis = new(RepositoryFiles.Path("ShopFlow.AppHost/Native/redis.sh"));
    private CachingGateway _gateway = null!;

    private string Address => $"127.0.0.1:{_redis.Port},password={_redis.Password},abortConnect=false";

    public async ValueTask InitializeAsync()
    {
        await _redis.StartAsync(AnswersAsync);
        _gateway = await CachingGateway.StartAsync(("ConnectionStrings:cache", Address));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task A_change_is_heard_of_over_Redis_also_after_Redis_was_away()
    {
        await _gateway.ReadAsync(List);
        await TellUntilHeardAsync(2);

        await _redis.StopAsync();
        Assert.Equal("fwd=miss", (await _gateway.ReadAsync(List)).Status);

        await _redis.StartAsync(AnswersAsync);
        await TellUntilHeardAsync(3);
    }

    [Fact]
    public async Task A_gateway_that_started_without_Redis_hears_once_Redis_is_there()
    {
        await _redis.StopAsync();
        await using var gateway = await CachingGateway.StartAsync(("ConnectionStrings:cache", Address));
        Assert.Equal("first", (await gateway.ReadAsync(List)).Text);

        await _redis.StartAsync(AnswersAsync);
        await Eventually.TrueAsync(
            async () =>
            {
                await TellAsync("2");
                return gateway.Generation.Newest == 2;
            },
            Limit,
            () => "the signal is not heard");
    }

    [Fact]
    public async Task What_is_no_generation_is_ignored()
    {
        await TellUntilHeardAsync(2);
        await TellAsync("nonsense");
        await TellAsync("-5");
        await TellAsync("99999999999999999999");

        await TellUntilHeardAsync(3);
        Assert.Equal(3, _gateway.Generation.Newest);
    }

    /// <summary>Repeated as the catalogue does, because a subscription takes its time.</summary>
    private Task TellUntilHeardAsync(long generation) => Eventually.TrueAsync(
        async () =>
        {
            _gateway.Catalogue.Generation = generation;
            await TellAsync($"{generation}");
            return _gateway.Generation.Newest == generation;
        },
        Limit,
        () => $"generation {generation} is not heard of");

    private async Task TellAsync(string message)
    {
        using var client = await ConnectionMultiplexer.ConnectAsync(Address);
        await client.GetSubscriber().PublishAsync(new RedisChannel(Channel, RedisChannel.PatternMode.Literal), message);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = await ConnectionMultiplexer.ConnectAsync($"{Address},connectTimeout=500");
            return client.IsConnected && (await client.GetDatabase().PingAsync()) < Limit;
        }
        catch (RedisException)
        {
            return false;
        }
    }
}
