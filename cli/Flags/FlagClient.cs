using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.Cli.Flags;

/// <summary>Reads and sets the feature flags of a running platform.</summary>
/// <param name="gateway">Signed in as an administrator.</param>
internal sealed partial class FlagClient(HttpClient gateway)
{
    public sealed record FlagState(string Name, string Description, int Percent);

    private sealed record FlagList(IReadOnlyList<FlagState> Flags);

    private sealed record FlagChange(int Percent);

    [JsonSerializable(typeof(FlagList))]
    [JsonSerializable(typeof(FlagChange))]
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    private sealed partial class FlagJson : JsonSerializerContext;

    public async Task<IReadOnlyList<FlagState>> ListAsync(CancellationToken cancellationToken) =>
        (await gateway.GetFromJsonAsync("admin/flags", FlagJson.Default.FlagList, cancellationToken))!.Flags;

    /// <param name="name">The flag.</param>
    /// <param name="percent">0 for off, 100 for on, or a share between. The services see it within four seconds.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <exception cref="CommandFailedException">There is no such flag, or it cannot be set.</exception>
    public async Task SetAsync(string name, int percent, CancellationToken cancellationToken)
    {
        using var answer = await gateway.PutAsJsonAsync($"admin/flags/{Uri.EscapeDataString(name)}", new(percent), FlagJson.Default.FlagChange, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            throw new CommandFailedException($"There is no flag {name}. ./shopflow flag lists them.");
        if (!answer.IsSuccessStatusCode)
            throw new CommandFailedException($"The flag was not set: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
