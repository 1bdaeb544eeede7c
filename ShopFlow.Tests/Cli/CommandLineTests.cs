using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ShopFlow.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private static readonly string[] s_names = ["setup", "up", "down", "status", "logs", "doctor", "reset", "test", "token", "audit", "dlq", "recommendations", "search", "bench", "chaos", "openapi", "flag", "export", "images"];

    private readonly ShopFlowCommand _shopflow = new();

    public static TheoryData<string> Commands => [.. s_names];

    [Fact]
    public async Task Help_lists_every_command()
    {
        var (exitCode, output, _) = await _shopflow.RunAsync("--help");

        Assert.Equal(0, exitCode);
        Assert.All(s_names, command => Assert.Contains($"\n  {command} ", output));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_explains_itself(string command)
    {
        var (exitCode, output, _) = await _shopflow.RunAsync(command, "--help");

        Assert.Equal(0, exitCode);
        Assert.Contains($"shopflow {command}", output);
    }

    [Theory]
    [InlineData("up", "--no-such-option")]
    [InlineData("up", "--resources", "clouds")]
    [InlineData("up", "--gateway-port", "70000")]
    [InlineData("bench", "products", "--count", "0")]
    [InlineData("bench", "shop", "--scenario", "dance")]
    [InlineData("bench", "shop", "--rate", "0")]
    [InlineData("bench", "shop", "--clients", "0")]
    [InlineData("bench", "shop", "--duration", "NaN")]
    [InlineData("chaos", "--orders", "0")]
    [InlineData("flag", "paymentFailure", "101%")]
    [InlineData("flag", "paymentFailure", "perhaps")]
    [InlineData("images", "--push", "--tar", "there")]
    [InlineData("images", "--service")]
    [InlineData("no-such-command")]
    [InlineData("logs")]
    public async Task A_wrong_command_line_is_refused_with_2_and_a_pointer_to_help(params string[] arguments)
    {
        var (exitCode, output, error) = await _shopflow.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.StartsWith("error: ", error);
        Assert.Contains("--help", error);
    }

    [Fact]
    public async Task Status_with_nothing_running_fails_and_says_how_to_start()
    {
        var (exitCode, output, error) = await _shopflow.RunAsync("status");

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Contains("./shopflow up", error);
    }

    [Fact]
    public async Task Status_as_JSON_has_its_shape_even_with_nothing_running()
    {
        var (exitCode, output, _) = await _shopflow.RunAsync("status", "--json");

        Assert.Equal(1, exitCode);
        using var status = JsonDocument.Parse(output);
        Assert.Equal(JsonValueKind.Null, status.RootElement.GetProperty("dashboard").ValueKind);
        Assert.Equal(JsonValueKind.Null, status.RootElement.GetProperty("gateway").ValueKind);
        Assert.Equal(0, status.RootElement.GetProperty("resources").GetArrayLength());
    }

    [Fact]
    public async Task A_status_left_behind_by_a_dead_process_counts_as_nothing_running()
    {
        var run = Directory.CreateDirectory(Path.Combine(_shopflow.Root, ".shopflow", "run"));
        await File.WriteAllTextAsync(Path.Combine(run.FullName, "status.json"), """{"pid": 2147483646, "resources": []}""", TestContext.Current.CancellationToken);

        var (exitCode, _, error) = await _shopflow.RunAsync("status");

        Assert.Equal(1, exitCode);
        Assert.Contains("Nothing runs", error);
    }

    [Fact]
    public async Task A_port_asked_for_that_is_taken_is_an_error_that_names_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (exitCode, _, error) = await _shopflow.RunAsync("up", "--gateway-port", $"{port}");

        Assert.Equal(1, exitCode);
        Assert.Contains($"Port {port} for the gateway is taken", error);
    }

    [Fact]
    public async Task Doctor_tells_of_every_server()
    {
        var (exitCode, output, _) = await _shopflow.RunAsync("doctor");

        Assert.InRange(exitCode, 0, 1);
        Assert.All(["PostgreSQL", "RabbitMQ", "Redis", ".NET SDK"], what => Assert.Contains(what, output));
    }

    [Fact]
    public async Task Reset_deletes_nothing_unasked()
    {
        var data = Directory.CreateDirectory(Path.Combine(_shopflow.Root, ".shopflow", "data", "cache"));

        var unasked = await _shopflow.RunAsync("reset");
        Assert.Equal(1, unasked.ExitCode);
        Assert.Contains("--yes", unasked.Error);
        Assert.True(data.Exists);

        var asked = await _shopflow.RunAsync("reset", "--yes");
        Assert.Equal(0, asked.ExitCode);
        Assert.False(Directory.Exists(data.FullName));
    }

    [Fact]
    public async Task Down_with_nothing_running_is_no_error()
    {
        var (exitCode, _, error) = await _shopflow.RunAsync("down");

        Assert.Equal(0, exitCode);
        Assert.Contains("Nothing runs", error);
    }

    [Fact]
    public async Task Logs_of_an_unknown_resource_name_those_that_exist()
    {
        var log = Directory.CreateDirectory(Path.Combine(_shopflow.Root, ".shopflow", "run", "logs", "orders"));
        await File.WriteAllTextAsync(Path.Combine(log.FullName, "orders-abcdefgh.log"), "first\nsecond\n", TestContext.Current.CancellationToken);

        var unknown = await _shopflow.RunAsync("logs", "order");
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("orders", unknown.Error);

        var known = await _shopflow.RunAsync("logs", "orders", "--tail", "1");
        Assert.Equal("second", known.Output.Trim());
    }

    public void Dispose() => _shopflow.Dispose();
}
