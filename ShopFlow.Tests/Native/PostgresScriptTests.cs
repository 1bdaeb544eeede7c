using Npgsql;

namespace ShopFlow.Tests.Native;

[Collection("Native servers")]
public sealed class PostgresScriptTests
{
    private const string Password = "it's \"quoted\" $HOME \\ %s";

    [Fact]
    public async Task What_was_written_in_the_first_run_is_there_in_the_second()
    {
        Installed.PostgreSQL();
        using var data = new DataFolder();

        await using (var first = NativeServer.Start("postgres.sh", data.Path, Password))
        {
            await ExecuteAsync(first, Password, "CREATE TABLE kept (value int)");
            await first.StopAsync();
            Assert.Equal(0, first.ExitCode);
        }

        await using var second = NativeServer.Start("postgres.sh", data.Path, Password);
        await ExecuteAsync(second, Password, "SELECT value FROM kept");
        await second.StopAsync();
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_open_sessions()
    {
        Installed.PostgreSQL();
        using var data = new DataFolder();
        await using var server = NativeServer.Start("postgres.sh", data.Path, Password);
        await using var session = await OpenAsync(server, Password);

        await server.StopAsync();
    }

    [Fact]
    public async Task A_kill_of_everything_loses_nothing_that_was_committed()
    {
        Installed.PostgreSQL();
        using var data = new DataFolder();

        await using (var first = NativeServer.Start("postgres.sh", data.Path, Password))
        {
            await ExecuteAsync(first, Password, "CREATE TABLE kept (value int); INSERT INTO kept VALUES (7)");
            await first.KillEverythingAsync();
        }

        Assert.True(File.Exists(Path.Combine(data.Path, "cluster", "postmaster.pid")));
        await using var second = NativeServer.Start("postgres.sh", data.Path, Password);
        Assert.Equal(7, await ExecuteAsync(second, Password, "SELECT value FROM kept"));
    }

    [Fact]
    public async Task The_server_dies_with_its_script()
    {
        Installed.PostgreSQL();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux can tie a process to its parent.");
        using var data = new DataFolder();
        await using var server = NativeServer.Start("postgres.sh", data.Path, Password);
        await ExecuteAsync(server, Password, "SELECT 1");
        var tree = ProcessTree.Of(server.Pid);

        using (var script = System.Diagnostics.Process.GetProcessById(server.Pid))
            script.Kill();

        await Eventually.TrueAsync(() => !tree.Any(ProcessTree.IsAlive), NativeServer.StopLimit, () => $"all gone of {string.Join(", ", tree)}");
    }

    [Fact]
    public async Task A_changed_password_replaces_the_one_that_the_data_was_made_with()
    {
        Installed.PostgreSQL();
        using var data = new DataFolder();

        await using (var first = NativeServer.Start("postgres.sh", data.Path, "old"))
        {
            await ExecuteAsync(first, "old", "SELECT 1");
            await first.StopAsync();
        }

        await using var second = NativeServer.Start("postgres.sh", data.Path, Password);
        await ExecuteAsync(second, Password, "SELECT 1");
        await Assert.ThrowsAsync<PostgresException>(() => ExecuteOnceAsync(second, "old", "SELECT 1"));
    }

    [Fact]
    public async Task An_interrupted_first_run_starts_over()
    {
        Installed.PostgreSQL();
        using var data = new DataFolder();
        Directory.CreateDirectory(Path.Combine(data.Path, "cluster.new", "base"));
        if (Environment.IsPrivilegedProcess)
            System.Diagnostics.Process.Start("chown", ["-R", "postgres:", data.Path]).WaitForExit();

        await using var server = NativeServer.Start("postgres.sh", data.Path, Password);
        await ExecuteAsync(server, Password, "SELECT 1");
    }

    [Fact]
    public async Task Damaged_data_is_refused_with_the_remedy()
    {
        Installed.PostgreSQL();
        using var data = new DataFolder();
        await using (var first = NativeServer.Start("postgres.sh", data.Path, Password))
        {
            await ExecuteAsync(first, Password, "SELECT 1");
            await first.StopAsync();
        }

        File.Delete(Path.Combine(data.Path, "cluster", "global", "pg_control"));

        await using var second = NativeServer.Start("postgres.sh", data.Path, Password);
        await second.ExitAsync(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => second.Output.Contains("damaged") && second.Output.Contains("./shopflow reset"), TimeSpan.FromSeconds(2), () => second.Output);
        Assert.Equal(1, second.ExitCode);
    }

    [Fact]
    public async Task Root_runs_it_as_another_user_even_where_that_user_cannot_go()
    {
        Installed.PostgreSQL();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root needs another user.");
        using var data = new DataFolder(isOpen: false);

        await using var server = NativeServer.Start("postgres.sh", data.Path, Password);
        await ExecuteAsync(server, Password, "SELECT 1");

        var servers = ProcessTree.Of(server.Pid).Where(process => process.CommandLine.Contains("postgres -D")).ToList();
        Assert.All(servers, process => Assert.NotEqual(0, process.UserId));
        Assert.Single(servers);
        Assert.StartsWith("/var/lib/shopflow/", Directory.ResolveLinkTarget(data.Path, returnFinalTarget: true)!.FullName);
    }

    [Fact]
    public async Task The_password_is_on_no_command_line()
    {
        Installed.PostgreSQL();
        using var data = new DataFolder();
        const string Secret = "NobodyMaySeeThis";

        await using var server = NativeServer.Start("postgres.sh", data.Path, Secret);
        await ExecuteAsync(server, Secret, "SELECT 1");

        Assert.DoesNotContain(ProcessTree.Of(server.Pid), process => process.CommandLine.Contains(Secret));
    }

    private static async Task<object?> ExecuteAsync(NativeServer server, string password, string sql)
    {
        await using var connection = await OpenAsync(server, password);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static Task<NpgsqlConnection> OpenAsync(NativeServer server, string password) =>
        server.ConnectAsync(() => OpenOnceAsync(server, password));

    private static async Task ExecuteOnceAsync(NativeServer server, string password, string sql)
    {
        await using var connection = await OpenOnceAsync(server, password);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<NpgsqlConnection> OpenOnceAsync(NativeServer server, string password)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Username = "postgres",
            Password = password,
            Database = "postgres",
            Pooling = false,
            Timeout = 5,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
