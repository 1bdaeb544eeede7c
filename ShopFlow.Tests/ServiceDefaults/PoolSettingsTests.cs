using Npgsql;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class PoolSettingsTests
{
    [Fact]
    public void A_service_has_a_bounded_pool_and_prepares_its_statements()
    {
        var pool = new NpgsqlConnectionStringBuilder(PostgresExtensions.WithPoolSettings("Host=db;Database=ordersdb"));

        Assert.Equal((18, 100), (pool.MaxPoolSize, pool.MaxAutoPrepare));
    }

    [Fact]
    public void What_the_connection_string_says_is_kept()
    {
        var pool = new NpgsqlConnectionStringBuilder(
            PostgresExtensions.WithPoolSettings("Host=db;Maximum Pool Size=3;Max Auto Prepare=0"));

        Assert.Equal((3, 0), (pool.MaxPoolSize, pool.MaxAutoPrepare));
    }
}
