using System.Net.Http.Json;
using ShopFlow.Cli.DeadLetters;
using ShopFlow.Cli.Platform;

namespace ShopFlow.Cli.Audit;

/// <summary>All checks on the platform that runs from this checkout.</summary>
internal sealed class ShopAudit : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    private readonly ShopDatabases _databases;
    private readonly MessagesAtRest _messages;
    private readonly HttpClient _gateway;
    private readonly Func<CancellationToken, Task<List<ProviderCharge>?>> _readProvider;

    private ShopAudit(ShopDatabases databases, HttpClient gateway, Func<CancellationToken, Task<List<ProviderCharge>?>> readProvider)
    {
        (_databases, _gateway, _readProvider) = (databases, gateway, readProvider);
        _messages = new(databases, new DeadLetterClient(gateway).CountAsync);
    }

    /// <exception cref="CommandFailedException">Nothing runs from this checkout.</exception>
    public static async Task<ShopAudit> ConnectAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var gateway = await RunningGateway.ConnectAsAdminAsync(checkout, cancellationToken);
        return new(new(RunConnections.Read(checkout)), gateway, limit => ReadProviderAsync(checkout, limit));
    }

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken) =>
    [
        .. await new OwnFigures(_databases).RunAsync(cancellationToken),
        .. await new GoodsAcrossServices(_databases).RunAsync(cancellationToken),
        .. await new MoneyAcrossServices(_databases).RunAsync(_readProvider, cancellationToken),
        .. await new NotificationsAcrossServices(_databases).RunAsync(cancellationToken),
        .. await _messages.RunAsync(cancellationToken),
    ];

    /// <summary>Waits until nothing is on its way any more.</summary>
    /// <returns>What still is when the time is over.</returns>
    public async Task<Unsettled> SettleAsync(TimeSpan limit, Action<Unsettled> progress, CancellationToken cancellationToken)
    {
        var end = DateTimeOffset.UtcNow + limit;
        while (true)
        {
            var unsettled = await _messages.UnsettledAsync(cancellationToken);
            progress(unsettled);
            if (unsettled.IsNothing || DateTimeOffset.UtcNow >= end)
                return unsettled;

            await Task.Delay(s_look, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        await _databases.DisposeAsync();
    }

    private static async Task<List<ProviderCharge>?> ReadProviderAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var address = RunStatus.Read(checkout)?.Resources.FirstOrDefault(resource => resource.Name == "payment-sandbox")?.Urls.FirstOrDefault();
        if (address is null)
            return null;

        using var http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Add("X-Api-Key", UserSecrets.Parameter(checkout, "payment-provider-key"));
        try
        {
            var charges = new List<ProviderCharge>();
            string? next = null;
            do
            {
                var page = await http.GetFromJsonAsync($"v1/payments?limit=1000&next={next}", AuditJson.Default.ProviderChargePage, cancellationToken);
                charges.AddRange(page!.Payments);
                next = page.Next;
            }
            while (next is not null);
            return charges;
        }
        catch (HttpRequestException e)
        {
            throw new CommandFailedException($"The payment provider cannot be asked: {e.Message}");
        }
    }
}
