using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using StackExchange.Redis;

namespace ShopFlow.Tests.ServiceDefaults;

/// <summary>What services rely on in the client packages; true of Aspire's own and of the stand-in.</summary>
public sealed class ClientTests
{
    [Fact]
    public void Health_checks_have_the_names_that_dashboards_know()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddNpgsqlDbContext<ShopDbContext>("shopdb");
        builder.AddRabbitMQClient("messaging");
        builder.AddKeyedRabbitMQClient("other");
        builder.AddRedisClient("cache");
        builder.AddKeyedRedisClient("sessions");
        using var host = builder.Build();

        var names = host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name);

        Assert.Equal(["RabbitMQ.Client", "RabbitMQ.Client_other", "ShopDbContext", "StackExchange.Redis", "StackExchange.Redis_sessions"], names.Order());
    }

    [Fact]
    public void A_missing_connection_string_is_told_by_its_name()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddNpgsqlDbContext<ShopDbContext>("shopdb");
        builder.AddRedisClient("cache");
        using var host = builder.Build();
        using var scope = host.Services.CreateScope();

        var database = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<ShopDbContext>());
        var cache = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IConnectionMultiplexer>());

        Assert.StartsWith("ConnectionString is missing. It should be provided in 'ConnectionStrings:shopdb' or under the 'ConnectionString' key in 'Aspire:Npgsql:EntityFrameworkCore:PostgreSQL'", database.Message);
        Assert.StartsWith("No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:cache'", cache.Message);
    }

    [Fact]
    public void Settings_come_from_the_connection_string_and_the_sections()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:messaging"] = "amqp://anna:secret@broker:5671/shop",
            ["Aspire:RabbitMQ:Client:messaging:ConnectionFactory:ClientProvidedName"] = "orders",
            ["ConnectionStrings:shopdb"] = "Host=db;Database=shop",
            ["Aspire:Npgsql:EntityFrameworkCore:PostgreSQL:ShopDbContext:CommandTimeout"] = "7",
        });
        builder.AddRabbitMQClient("messaging");
        builder.AddNpgsqlDbContext<ShopDbContext>("shopdb", settings => settings.DisableRetry = true);
        using var host = builder.Build();
        using var scope = host.Services.CreateScope();

        var factory = host.Services.GetRequiredService<IConnectionFactory>();
        var database = scope.ServiceProvider.GetRequiredService<ShopDbContext>().Database;

        Assert.Equal(("anna", "shop", "orders"), (factory.UserName, factory.VirtualHost, factory.ClientProvidedName));
        Assert.Equal("Host=db;Database=shop", database.GetConnectionString());
        Assert.Equal(7, database.GetCommandTimeout());
        Assert.False(database.CreateExecutionStrategy().RetriesOnFailure);
    }

    [Fact]
    public void A_context_of_another_registration_is_enriched_with_retries()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDbContext<ShopDbContext>(options => options.UseNpgsql("Host=db"));
        builder.EnrichNpgsqlDbContext<ShopDbContext>();
        using var host = builder.Build();
        using var scope = host.Services.CreateScope();

        Assert.True(scope.ServiceProvider.GetRequiredService<ShopDbContext>().Database.CreateExecutionStrategy().RetriesOnFailure);
    }

    [Fact]
    public async Task A_broker_that_is_away_is_a_failed_check_and_no_exception()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:messaging"] = "amqp://127.0.0.1:1" });
        builder.AddRabbitMQClient("messaging", settings => settings.MaxConnectRetryCount = 0);
        using var host = builder.Build();

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Unhealthy, report.Entries["RabbitMQ.Client"].Status);
    }

    private sealed class ShopDbContext(DbContextOptions<ShopDbContext> options) : DbContext(options);
}
