using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ShopFlow.Tests.Native;

[Collection("Native servers")]
public sealed class RabbitMQScriptTests
{
    private const string Password = "it's \"quoted\" $HOME \\ %s";

    [Fact]
    public async Task A_durable_message_outlives_a_stop_and_a_kill_and_no_process_does()
    {
        Installed.RabbitMQ();
        using var data = new DataFolder();

        await using (var first = NativeServer.Start("rabbitmq.sh", data.Path, Password))
        {
            await PublishAsync(first, "one");
            await first.StopAsync();
            Assert.Equal(0, first.ExitCode);
        }

        await using (var second = NativeServer.Start("rabbitmq.sh", data.Path, Password))
        {
            await PublishAsync(second, "two");
            await second.KillEverythingAsync();
        }

        await using var third = NativeServer.Start("rabbitmq.sh", data.Path, Password);
        await HasMessagesAsync(third, Password, 2);
        await third.StopAsync();
    }

    [Fact]
    public async Task A_changed_password_replaces_the_one_that_the_data_was_made_with()
    {
        Installed.RabbitMQ();
        using var data = new DataFolder();

        await using (var first = NativeServer.Start("rabbitmq.sh", data.Path, Password))
        {
            await PublishAsync(first, "kept");
            await first.StopAsync();
        }

        await using var second = NativeServer.Start("rabbitmq.sh", data.Path, "new");
        await HasMessagesAsync(second, "new", 1);
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => OpenOnceAsync(second, Password));
    }

    [Fact]
    public async Task A_stop_during_the_start_leaves_nothing_behind()
    {
        Installed.RabbitMQ();
        using var data = new DataFolder();
        await using var server = NativeServer.Start("rabbitmq.sh", data.Path, Password);
        await Eventually.TrueAsync(
            () => ProcessTree.Of(server.Pid).Any(process => process.CommandLine.Contains("beam.smp")),
            TimeSpan.FromSeconds(10),
            () => server.Output);

        await server.StopAsync();
    }

    private static async Task PublishAsync(NativeServer server, string text)
    {
        await using var connection = await server.ConnectAsync(() => OpenOnceAsync(server, Password));
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await DeclareAsync(channel);
        await channel.BasicPublishAsync("", "kept", mandatory: true, new BasicProperties { Persistent = true }, System.Text.Encoding.UTF8.GetBytes(text));
    }

    private static async Task HasMessagesAsync(NativeServer server, string password, uint expected)
    {
        await using var connection = await server.ConnectAsync(() => OpenOnceAsync(server, password));
        await using var channel = await connection.CreateChannelAsync();
        await DeclareAsync(channel);

        // A quorum queue replays its log after it can be declared.
        uint count = 0;
        await Eventually.TrueAsync(
            async () => (count = await channel.MessageCountAsync("kept")) == expected,
            TimeSpan.FromSeconds(15),
            () => $"{expected} messages in the queue; there are {count}");
    }

    private static Task DeclareAsync(IChannel channel) => channel.QueueDeclareAsync(
        "kept", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });

    private static Task<IConnection> OpenOnceAsync(NativeServer server, string password) => new ConnectionFactory
    {
        HostName = "127.0.0.1",
        Port = server.Port,
        UserName = "guest",
        Password = password,
        AutomaticRecoveryEnabled = false,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
    }.CreateConnectionAsync(TestContext.Current.CancellationToken);
}
