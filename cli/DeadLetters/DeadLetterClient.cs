using System.Net;
using System.Net.Http.Json;
using ShopFlow.Cli.Platform;

namespace ShopFlow.Cli.DeadLetters;

/// <summary>The dead letters of all services, through the gateway.</summary>
internal sealed class DeadLetterClient(HttpClient gateway)
{
    public static readonly IReadOnlyList<string> Services = ["auth", "catalog", "inventory", "cart", "orders", "payments", "notifications", "recommendations", "search"];

    private const int PageSize = 100;

    /// <summary>Oldest first in each queue.</summary>
    public async Task<List<DeadLetter>> ListAsync(IEnumerable<string> services, CancellationToken cancellationToken)
    {
        var letters = new List<DeadLetter>();
        foreach (var service in services)
        {
            string? next = null;
            do
            {
                using var answer = await SendAsync(HttpMethod.Get, $"{service}?limit={PageSize}&next={next}", cancellationToken);
                var page = (await answer.Content.ReadFromJsonAsync(DeadLetterJson.Default.DeadLetterPage, cancellationToken))!;
                letters.AddRange(page.DeadLetters);
                next = page.Next;
            }
            while (next is not null);
        }

        return letters;
    }

    /// <summary>All of them that wait anywhere.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        var total = 0L;
        foreach (var service in Services)
        {
            using var answer = await SendAsync(HttpMethod.Get, $"{service}?limit=1", cancellationToken);
            total += (await answer.Content.ReadFromJsonAsync(DeadLetterJson.Default.DeadLetterPage, cancellationToken))!.Total;
        }

        return total;
    }

    /// <returns>How many.</returns>
    public Task<int> ReplayAsync(IEnumerable<string> services, string? id, CancellationToken cancellationToken) =>
        SettleAsync(services, service => (HttpMethod.Post, id is null ? $"{service}/replay" : $"{service}/{Uri.EscapeDataString(id)}/replay"), cancellationToken);

    /// <returns>How many.</returns>
    public Task<int> DropAsync(IEnumerable<string> services, string? id, CancellationToken cancellationToken) =>
        SettleAsync(services, service => (HttpMethod.Delete, id is null ? service : $"{service}/{Uri.EscapeDataString(id)}"), cancellationToken);

    private async Task<int> SettleAsync(
        IEnumerable<string> services, Func<string, (HttpMethod Method, string Path)> call, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var (method, path) in services.Select(call))
        {
            using var answer = await SendAsync(method, path, cancellationToken);
            if (answer.IsSuccessStatusCode)
                count += (await answer.Content.ReadFromJsonAsync(DeadLetterJson.Default.DeadLetterCount, cancellationToken))!.Count;
        }

        return count;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"admin/dead-letters/{path}");
        try
        {
            var answer = await gateway.SendAsync(request, cancellationToken);
            // That a service has no dead letter of that id is an answer.
            if (answer.StatusCode != HttpStatusCode.NotFound || method == HttpMethod.Get)
                await answer.ThrowIfRefusedAsync(path.Split('/', '?')[0], cancellationToken);
            return answer;
        }
        catch (HttpRequestException e)
        {
            throw new CommandFailedException($"The gateway at {gateway.BaseAddress} does not answer: {e.Message}");
        }
    }
}
