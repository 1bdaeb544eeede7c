using StackExchange.Redis;

namespace ShopFlow.Tests.Native;

[Collection("Native servers")]
public sealed class RedisScriptTests
{
    private const string Password = "it's \"quoted\" $HOME \\ %s";

    [Fact]
    public async Task What_was_set_outlives_a_stop_and_a_kill()
    {
        Installed.Redis();
        using var data = new DataFolder();

        await using (var first = NativeServer.Start("redis.sh", data.Path, Password))
        {
            using var connection = await first.ConnectAsync(() => OpenOnceAsync(first, Password));
            await connection.GetDatabase().StringSetAsync("stopped", "yes");
            await first.StopAsync();
            Assert.Equal(0, first.ExitCode);
        }

        await using (var second = NativeServer.Start("redis.sh", data.Path, Password))
        {
            using var connection = await second.ConnectAsync(() => OpenOnceAsync(second, Password));
            await connection.GetDatabase().StringSetAsync("killed", "yes");
            // The append-only file reaches the disk once a second; the kernel has it at once, which a kill of the process leaves alone.
            await second.KillEverythingAsync();
        }

        await using var third = NativeServer.Start("redis.sh", data.Path, Password);
        using var reader = await third.ConnectAsync(() => OpenOnceAsync(third, Password));
        Assert.Equal("yes", await reader.GetDatabase().StringGetAsync("stopped"));
        Assert.Equal("yes", await reader.GetDatabase().StringGetAsync("killed"));
    }

    [Fact]
    public async Task Another_password_is_refused()
    {
        Installed.Redis();
        using var data = new DataFolder();
        await using var server = NativeServer.Start("redis.sh", data.Path, Password);
        using var connection = await server.ConnectAsync(() => OpenOnceAsync(server, Password));

        await Assert.ThrowsAnyAsync<RedisException>(() => OpenOnceAsync(server, "another"));
    }

    private static async Task<ConnectionMultiplexer> OpenOnceAsync(NativeServer server, string password)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { { "127.0.0.1", server.Port } },
            Password = password,
            ConnectTimeout = 5_000,
            AbortOnConnectFail = true,
        });
        await connection.GetDatabase().PingAsync();
        return connection;
    }
}
