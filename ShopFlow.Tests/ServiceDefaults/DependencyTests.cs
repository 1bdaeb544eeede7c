using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Hosting;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.ServiceDefaults;

/// <summary>Real servers that go away and come back.</summary>
public sealed class DependencyTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Ready_follows_PostgreSQL()
    {
        await using var postgres = Postgres();
        await AssertReadyFollowsAsync(postgres, "ConnectionStrings:shopdb", ConnectionString(postgres), builder => builder.AddNpgsqlDbContext<ShopDbContext>("shopdb"));
    }

    [Fact]
    public async Task Ready_follows_Redis()
    {
        await using var redis = new NativeServer(RepositoryFiles.Path("ShopFlow.AppHost/Native/redis.sh"));
        await AssertReadyFollowsAsync(
            redis, "ConnectionStrings:cache", $"127.0.0.1:{redis.Port},password={redis.Password}", builder => builder.AddRedisClient("cache"));
    }

    [Fact]
    public async Task Ready_follows_RabbitMQ()
    {
        await using var rabbitMq = new NativeServer(RepositoryFiles.Path("ShopFlow.AppHost/Native/rabbitmq.sh"))
            .With("SHOPFLOW_DIST_PORT", NativeServer.FreePort())
            .With("SHOPFLOW_EPMD_PORT", NativeServer.FreePort());

        await AssertReadyFollowsAsync(
            rabbitMq, "ConnectionStrings:messaging", $"amqp://guest:{rabbitMq.Password}@127.0.0.1:{rabbitMq.Port}", builder => builder.AddRabbitMQClient("messaging"));
    }

    [Fact]
    public async Task A_service_that_starts_before_its_database_waits_and_migrates_it()
    {
        await using var postgres = Postgres();
        var starting = TestService.StartAsync(
            app => app.MapGet("/sizes", (ShopDbContext db) => db.Database.SqlQuery<string>($"select name as \"Value\" from sizes").ToListAsync()),
            builder => builder.AddPostgres<ShopDbContext>("shopdb"),
            new() { ["ConnectionStrings:shopdb"] = ConnectionString(postgres, "shop_that_is_not_there_yet") });

        await postgres.StartAsync(() => AnswersAsync(postgres));
        await using var service = await starting.WaitAsync(s_limit, TestContext.Current.CancellationToken);

        Assert.Equal("""["small"]""", await service.Client.GetStringAsync("/sizes"));
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(service));
    }

    private static async Task AssertReadyFollowsAsync(NativeServer server, string setting, string connectionString, Action<WebApplicationBuilder> addClient)
    {
        await server.StartAsync(() => AnswersAsync(server));
        await using var service = await TestService.StartAsync(configure: addClient, settings: new() { [setting] = connectionString });

        await WaitForAsync(service, HttpStatusCode.OK, "ready at first");

        await server.StopAsync();
        await WaitForAsync(service, HttpStatusCode.ServiceUnavailable, "not ready without the server");

        await server.StartAsync(() => AnswersAsync(server));
        await WaitForAsync(service, HttpStatusCode.OK, "ready again");
    }

    private static Task WaitForAsync(TestService service, HttpStatusCode status, string what)
        => Eventually.TrueAsync(async () => await ReadyAsync(service) == status, s_limit, () => what);

    private static async Task<HttpStatusCode> ReadyAsync(TestService service)
    {
        using var response = await service.Client.GetAsync("/health/ready");
        return response.StatusCode;
    }

    private static NativeServer Postgres() => new(RepositoryFiles.Path("ShopFlow.AppHost/Native/postgres.sh"));

    private static string ConnectionString(NativeServer postgres, string database = "postgres")
        => $"Host=127.0.0.1;Port={postgres.Port};Username=postgres;Password={postgres.Password};Database={database}";

    private static async Task<bool> AnswersAsync(NativeServer server)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, server.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    internal sealed class ShopDbContext(DbContextOptions<ShopDbContext> options) : DbContext(options);

    [DbContext(typeof(ShopDbContext))]
    [Migration("20260101000000_Sizes")]
    internal sealed class Sizes : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
            => migrationBuilder.Sql("create table sizes (name text); insert into sizes values ('small');");
    }
}
