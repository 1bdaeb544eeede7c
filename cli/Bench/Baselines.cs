using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;

namespace ShopFlow.Cli.Bench;

/// <summary>What the machine manages without the shop.</summary>
internal static class Baselines
{
    private const int Rounds = 210_000;
    private const string Scratch = "shopflow_bench";

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(5);

    /// <summary>Passwords that one thread hashes in a second, as auth does it.</summary>
    public static Baseline Hashing()
    {
        var (password, salt) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(16));
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; clock.Elapsed < s_duration; count++)
            Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA512, 64);
        return new($"PBKDF2-SHA-512, {Rounds:N0} rounds, one thread", count / clock.Elapsed.TotalSeconds);
    }

    /// <summary>Small durable transactions on the run's own PostgreSQL, in a database that is dropped afterwards.</summary>
    /// <returns>Null where pgbench is not installed.</returns>
    public static async Task<Baseline?> SmallTransactionsAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        if (FindPgbench() is not { } pgbench)
        {
            Say.Warning("pgbench is not installed: its baseline is skipped.");
            return null;
        }

        var connections = JsonSerializer.Deserialize(File.ReadAllBytes(checkout.ConnectionsFile), Audit.AuditJson.Default.DictionaryStringString)!;
        var server = new NpgsqlConnectionStringBuilder(connections["ordersdb"]) { Database = "postgres", Pooling = false, Timeout = 5 };
        await ExecuteAsync(server.ConnectionString, $"drop database if exists {Scratch}", cancellationToken);
        await ExecuteAsync(server.ConnectionString, $"create database {Scratch}", cancellationToken);
        var script = Path.GetTempFileName();
        try
        {
            server.Database = Scratch;
            await ExecuteAsync(server.ConnectionString, "create table t (id bigint generated always as identity primary key, body text)", cancellationToken);
            await File.WriteAllTextAsync(script, "insert into t (body) values ('a small durable transaction');\n", cancellationToken);

            var start = new ProcessStartInfo(
                pgbench,
                ["-n", "-M", "prepared", "-c", "32", "-j", "1", "-T", $"{s_duration.TotalSeconds:0}", "-f", script, "-h", server.Host!, "-p", $"{server.Port}", "-U", server.Username!, Scratch]);
            start.Environment["PGPASSWORD"] = server.Password;
            var result = await Tool.RunAsync(start, TimeSpan.FromMinutes(1), cancellationToken);
            var line = result.Output.Split('\n').FirstOrDefault(line => line.StartsWith("tps = ", StringComparison.Ordinal))
                ?? throw new CommandFailedException($"pgbench failed: {result.Output}");
            return new("pgbench, one durable insert each, 32 clients", double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture));
        }
        finally
        {
            File.Delete(script);
            server.Database = "postgres";
            await ExecuteAsync(server.ConnectionString, $"drop database if exists {Scratch} with (force)", CancellationToken.None);
        }
    }

    /// <summary>Bare Kestrel with a constant body behind a bare YARP, each in a process of its own, with the same clients.</summary>
    /// <param name="checkout">Where they were built.</param>
    /// <param name="size">Of the body, in bytes.</param>
    /// <param name="clients">As the scenario has them.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<Baseline> BareServersAsync(Checkout checkout, int size, int clients, CancellationToken cancellationToken)
    {
        using var body = await BareServer.StartAsync(checkout, "body", $"{size}", cancellationToken);
        using var proxy = await BareServer.StartAsync(checkout, "proxy", body.Address.AbsoluteUri, cancellationToken);
        var load = new Load([proxy.Address], clients, rate: null, warmUp: s_duration, s_duration);
        var result = await load.RunAsync("  its baseline", GetAsync, cancellationToken);
        return result.Errors.Count == 0
            ? new($"bare Kestrel with {size:N0} bytes behind a bare YARP", result.Rate)
            : throw new CommandFailedException($"The baseline failed: {result.Errors.First().Key}.");

        static async Task GetAsync(HttpConnection http, int client)
        {
            var answer = await http.SendAsync("GET", "/");
            UnexpectedAnswerException.Unless(answer.IsSuccess, answer, "baseline");
        }
    }

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string? FindPgbench()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).ToList();
        if (Directory.Exists("/usr/lib/postgresql"))
            folders.AddRange(Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin")));
        return folders.Select(folder => Path.Combine(folder, "pgbench")).FirstOrDefault(File.Exists);
    }
}
