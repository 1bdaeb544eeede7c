using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using ShopFlow.Flags;
using ShopFlow.Gateway;
using ShopFlow.Tests.Auth;

namespace ShopFlow.Tests.Gateway;

/// <summary>The gateway with its flags as Kubernetes mounts them from a ConfigMap.</summary>
public sealed class MountedFlagsTests : IAsyncLifetime
{
    private readonly TestTokens _tokens = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flags-");
    private FakeServices _services = null!;
    private WebApplicationFactory<GatewayOptions> _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Mounted => Path.Combine(_folder.FullName, "..data", "flags.json");

    public async ValueTask InitializeAsync()
    {
        _folder.CreateSubdirectory("..data");
        await File.WriteAllTextAsync(Mounted, FlagFile.TextOf(new Dictionary<string, int> { [Flag.SearchSlow] = 20 }), Cancelled);
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "flags.json"), Path.Combine("..data", "flags.json"));

        _services = new(_tokens.Jwks);
        await _services.StartAsync();
        _gateway = new WebApplicationFactory<GatewayOptions>().WithWebHostBuilder(host =>
        {
            host.UseSetting("services:auth:http:0", _services.Address);
            host.UseSetting("Flags:File", Path.Combine(_folder.FullName, "flags.json"));
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task They_are_read_and_a_change_is_refused_at_once_with_where_to_make_it()
    {
        using var client = Admin();
        using var started = await client.GetAsync("/admin/flags", Cancelled);

        var clock = Stopwatch.StartNew();
        using var refused = await client.PutAsJsonAsync($"/admin/flags/{Flag.PaymentSlow}", new { percent = 100 }, Cancelled);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.EndsWith("/flags-read-only", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Contains("ConfigMap 'flags'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.Equal(["..data", "flags.json"], _folder.GetFileSystemInfos().Select(it => it.Name).Order(StringComparer.Ordinal));

        var flags = (await client.GetFromJsonAsync<JsonElement>("/admin/flags", Cancelled)).GetProperty("flags").EnumerateArray();
        Assert.Equal(20, flags.Single(flag => flag.GetProperty("name").GetString() == Flag.SearchSlow).GetProperty("percent").GetInt32());
    }

    [Fact]
    public async Task What_is_no_JSON_is_told()
    {
        await File.WriteAllTextAsync(Mounted, "{ half", Cancelled);
        using var client = Admin();
        using var answer = await client.GetAsync("/admin/flags", Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("flags-unreadable", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    private HttpClient Admin()
    {
        var client = _gateway.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", _tokens.Issue("admin"));
        return client;
    }
}
