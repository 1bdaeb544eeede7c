using System.Globalization;

namespace ShopFlow.Cli.Bench;

/// <summary>Measures the scenarios one after the other, each with its baseline.</summary>
internal sealed class ShopBench(Checkout checkout, ShopUnderLoad shop, IReadOnlyList<Uri> addresses)
{
    private const string Storm = "login-storm";
    private const int StormClients = 200;
    private const int StormUsers = 16;

    // What goes on beside a storm of log-ins: far from what the shop can do, so that only the storm can make it slower.
    private const double StormBrowseRate = 200;
    private const double StormCheckoutRate = 20;

    private static readonly Dictionary<string, int> s_usualClients = new()
    {
        ["list"] = 16,
        ["detail"] = 16,
        ["browse"] = 16,
        ["search"] = 16,
        ["suggest"] = 16,
        ["cart"] = 16,
        ["checkout"] = 64,
        ["hot-sku"] = 64,
        ["login"] = 4,
        ["refresh"] = 16,
    };

    private readonly Scenarios _scenarios = new(shop);

    public static IReadOnlyList<string> Scenarios { get; } = [.. s_usualClients.Keys, Storm];

    public IReadOnlyList<Uri> Addresses { get; } = addresses;

    /// <summary>Null for each scenario's own number.</summary>
    public int? Clients { get; init; }

    /// <summary>Starts a second; null for a closed loop.</summary>
    public double? Rate { get; init; }

    public TimeSpan WarmUp { get; init; }

    public TimeSpan Duration { get; init; }

    /// <returns>One result, or several of a scenario that has parts.</returns>
    public async Task<IReadOnlyList<LoadResult>> MeasureAsync(string scenario, CancellationToken cancellationToken)
    {
        if (scenario == Storm)
            return await StormAsync(cancellationToken);

        var clients = Clients ?? s_usualClients[scenario];
        var result = await LoadOf(clients, Rate).RunAsync(scenario, await StepAsync(scenario, clients, cancellationToken), cancellationToken);
        return [result with { Baseline = await BaselineAsync(scenario, clients, cancellationToken) }];
    }

    private Load LoadOf(int clients, double? rate) => new(Addresses, clients, rate, WarmUp, Duration);

    private async Task<Func<HttpConnection, int, Task>> StepAsync(string scenario, int clients, CancellationToken cancellationToken) => scenario switch
    {
        "list" => _scenarios.ListAsync,
        "detail" => _scenarios.DetailAsync,
        "browse" => _scenarios.BrowseAsync,
        "search" => _scenarios.SearchAsync,
        "suggest" => _scenarios.SuggestAsync,
        "cart" => _scenarios.CartAsync,
        "checkout" => _scenarios.CheckoutAsync,
        "hot-sku" => _scenarios.HotSkuAsync,
        "login" => _scenarios.Login(await shop.RegisterAsync(clients, cancellationToken)),
        "refresh" => _scenarios.Refresh(await shop.RegisterAsync(clients, cancellationToken)),
        _ => throw new ArgumentOutOfRangeException(nameof(scenario), scenario, "Unknown scenario."),
    };

    private async Task<Baseline?> BaselineAsync(string scenario, int clients, CancellationToken cancellationToken) => scenario switch
    {
        "list" or "browse" => await Baselines.BareServersAsync(checkout, await SizeAsync("/products?limit=20"), clients, cancellationToken),
        "detail" => await Baselines.BareServersAsync(checkout, await SizeAsync($"/products/{shop.Products[0]}"), clients, cancellationToken),
        "login" => Baselines.Hashing(),
        "checkout" or "hot-sku" or "refresh" => await Baselines.SmallTransactionsAsync(checkout, cancellationToken),
        _ => null,
    };

    private async Task<int> SizeAsync(string path)
    {
        using var http = new HttpConnection(Addresses[0], TimeSpan.FromSeconds(10));
        return (await http.SendAsync("GET", path)).Body.Length;
    }

    /// <summary>The same browsing and buying without and with many log-ins at once.</summary>
    private async Task<IReadOnlyList<LoadResult>> StormAsync(CancellationToken cancellationToken)
    {
        var users = await shop.RegisterAsync(StormUsers, cancellationToken);
        var calm = await Task.WhenAll(
            LoadOf(32, StormBrowseRate).RunAsync("browse", _scenarios.BrowseAsync, cancellationToken),
            LoadOf(32, StormCheckoutRate).RunAsync("checkout", _scenarios.CheckoutAsync, cancellationToken));

        var turnedAway = 0;
        var storm = await Task.WhenAll(
            LoadOf(32, StormBrowseRate).RunAsync("browse in the storm", _scenarios.BrowseAsync, cancellationToken),
            LoadOf(32, StormCheckoutRate).RunAsync("checkout in the storm", _scenarios.CheckoutAsync, cancellationToken),
            LoadOf(StormClients, rate: null).RunAsync(Storm, _scenarios.PatientLogin(users, () => Interlocked.Increment(ref turnedAway)), cancellationToken));

        Say.Line($"  {turnedAway} log-ins were turned away with 429 and Retry-After");
        for (var part = 0; part < calm.Length; part++)
        {
            var change = (storm[part].P99 / calm[part].P99) - 1;
            Say.Line(string.Create(
                CultureInfo.InvariantCulture, $"  p99 of {calm[part].Scenario}: {calm[part].P99:0.0} ms, in the storm {storm[part].P99:0.0} ms ({change:+0 %;-0 %})"));
        }

        return [.. calm, .. storm];
    }
}
