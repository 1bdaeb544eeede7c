using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShopFlow.Gateway.Health;

namespace ShopFlow.Tests.Gateway;

public sealed class ShopHealthTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    [Theory]
    [InlineData(HealthStatus.Healthy)]
    [InlineData(HealthStatus.Degraded, "search")]
    [InlineData(HealthStatus.Degraded, "notifications", "recommendations")]
    [InlineData(HealthStatus.Unhealthy, "payments")]
    [InlineData(HealthStatus.Unhealthy, "search", "catalog")]
    public void The_shop_is_as_well_as_what_it_takes_to_buy(HealthStatus status, params string[] away) =>
        Assert.Equal(status, ShopHealth.StatusWithout(away));

    [Fact]
    public async Task What_is_away_is_not_told()
    {
        using var answer = await gateway.GetAsync("/health/shop");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("""{"status":"Unhealthy"}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
