using ShopFlow.Cli.Platform;
using ShopFlow.Cli.Setup;

namespace ShopFlow.Tests.Cli;

public sealed class RunPortTests
{
    private readonly PlatformRun _run = new(new(AppContext.BaseDirectory));

    [Fact]
    public void Ports_that_nobody_asked_for_are_left_to_whoever_binds_them()
    {
        var settings = _run.SettingsOf(new ResourceChoice("native"), gatewayPort: null, dashboardPort: null);

        Assert.Equal("0", settings["ShopFlow__GatewayPort"]);
        Assert.DoesNotContain(settings.Values, value => value.StartsWith("http", StringComparison.Ordinal));
    }

    [Fact]
    public void Ports_that_were_asked_for_are_taken()
    {
        var settings = _run.SettingsOf(new ResourceChoice("native"), gatewayPort: 8080, dashboardPort: 15888);

        Assert.Equal("8080", settings["ShopFlow__GatewayPort"]);
        Assert.Equal(["http://localhost:15888"], settings.Values.Where(value => value.StartsWith("http", StringComparison.Ordinal)));
    }
}
