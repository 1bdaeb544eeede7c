using ShopFlow.Cli.Chaos;
using ShopFlow.Cli.Platform;

namespace ShopFlow.Tests.Chaos;

public sealed class FaultsTests
{
    private static readonly string[] Names =
        ["auth", "cache", "cart", "catalog", "gateway", "gateway", "inventory", "messaging", "orders", "orders", "payment-sandbox", "payments", "postgres"];

    [Fact]
    public void A_seed_gives_the_same_faults_whatever_the_instances_are_called()
    {
        Assert.Equal(Of(seed: 7), Of(seed: 7));
        Assert.NotEqual(Of(seed: 7), Of(seed: 8));
    }

    [Fact]
    public void Every_process_is_killed_and_the_servers_are_frozen_and_the_card_network_is_cut()
    {
        var faults = Of(seed: 42);

        Assert.Equal(Names.Select(name => $"kill -9 {name}"), faults.Where(fault => fault.StartsWith("kill", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Superset(
            new HashSet<string> { "freeze messaging for 8 s", "freeze postgres for 8 s", "freeze cache for 8 s", "cut off payment-sandbox for 10 s" },
            faults.ToHashSet());
    }

    [Fact]
    public void A_short_run_kills_a_twin_a_single_service_and_the_servers_with_orders_and_events()
    {
        var faults = Of(seed: 42, isShort: true);

        Assert.Superset(
            new HashSet<string>
            {
                "kill -9 orders", "kill -9 payments", "kill -9 messaging", "kill -9 postgres", "cut off payment-sandbox for 3 s",
                "paymentFailure 50% for 8 s", "notificationsDown 50% for 8 s",
            },
            faults.ToHashSet());
        Assert.Equal(8, faults.Count);
    }

    [Fact]
    public void Every_failure_for_practice_is_turned_on_and_no_switch_of_the_business_is()
    {
        var flags = Of(seed: 42).Where(fault => fault.EndsWith("50% for 12 s", StringComparison.Ordinal)).Select(fault => fault.Split(' ')[0]);

        Assert.Equal(
            ["cartFailure", "catalogFailure", "notificationsDown", "paymentFailure", "paymentSlow", "recommendationsOff", "searchSlow"],
            flags.Order(StringComparer.Ordinal));
    }

    private static List<string> Of(int seed, bool isShort = false)
    {
        var resources = Names
            .Select((name, index) => new ResourceStatus(name, $"{name}-{Guid.NewGuid():N}", "Project", "Running", "Healthy", null, 1000 + index, []))
            .Append(new ResourceStatus("ordersdb", "ordersdb", "Database", "Running", "Healthy", null, null, []));
        var run = RunStatus.Nothing with { Resources = [.. resources] };
        return [.. Faults.Of(new("/nowhere"), run, new ChaosPlan(100, 10, seed, isShort)).Select(fault => fault.Name)];
    }
}
