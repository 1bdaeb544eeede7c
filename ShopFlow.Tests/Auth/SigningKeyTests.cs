using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ShopFlow.Auth;
using ShopFlow.Auth.SigningKeys;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Auth;

/// <summary>Each test has a service of its own, because the time moves by months.</summary>
public sealed class SigningKeyTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly AuthUnderTest _auth = new(postgres);

    public ValueTask InitializeAsync() => _auth.InitializeAsync();

    public ValueTask DisposeAsync() => _auth.DisposeAsync();

    [Fact]
    public async Task Replicas_that_start_together_share_one_key()
    {
        await _auth.WithDbAsync(db => db.SigningKeys.ExecuteDeleteAsync());
        await using var first = _auth.Start();
        await using var second = _auth.Start();

        var clients = await Task.WhenAll(Task.Run(first.CreateClient), Task.Run(second.CreateClient));

        Assert.Single(await KidsAsync(clients[0]));
        Assert.Equal(await KidsAsync(clients[0]), await KidsAsync(clients[1]));
    }

    [Fact]
    public async Task A_private_key_is_not_readable_in_the_database()
    {
        var stored = await _auth.WithDbAsync(db => db.SigningKeys.AsNoTracking().SingleAsync());

        using var pair = ECDsa.Create();
        Assert.ThrowsAny<CryptographicException>(() => pair.ImportPkcs8PrivateKey(stored.EncryptedPrivateKey, out _));

        var other = new KeyEncryption(Options.Create(new AuthOptions { KeyEncryptionKey = "another key than the one it was stored with" }));
        Assert.Throws<InvalidOperationException>(() => other.Decrypt(stored.Kid, stored.EncryptedPrivateKey));
    }

    [Fact]
    public async Task The_next_key_is_announced_before_it_signs_and_the_former_verifies_until_its_tokens_are_gone()
    {
        await using var service = _auth.Start();
        var client = service.CreateClient();
        var former = await RefreshKeysAsync(service.Services);
        Assert.Single(former.All);

        _auth.Time.Advance(TimeSpan.FromDays(89.5));
        var announced = await RefreshKeysAsync(service.Services);
        Assert.Equal(2, announced.All.Count);
        Assert.Equal(former.Current, announced.Current);

        _auth.Time.Advance(TimeSpan.FromDays(0.5) + TimeSpan.FromSeconds(1));
        var overlapping = await RefreshKeysAsync(service.Services);
        Assert.NotEqual(former.Current, overlapping.Current);
        Assert.Contains(former.Current, await KidsAsync(client));

        _auth.Time.Advance(TimeSpan.FromHours(2));
        var after = await RefreshKeysAsync(service.Services);
        Assert.DoesNotContain(former.Current, after.All);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("/auth/login", new { username = "admin", password = AuthUnderTest.AdminPassword })).StatusCode);
    }

    [Fact]
    public async Task A_missing_encryption_key_stops_the_start_and_is_named()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AuthOptions).Assembly.Location]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__authdb"] = _auth.ConnectionString;
        start.Environment["ConnectionStrings__messaging"] = "amqp://guest:guest@127.0.0.1:1";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";

        using var service = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var output = await Task.WhenAll(service.StandardOutput.ReadToEndAsync(limit.Token), service.StandardError.ReadToEndAsync(limit.Token));
        await service.WaitForExitAsync(limit.Token);

        Assert.NotEqual(0, service.ExitCode);
        Assert.Contains("Auth:KeyEncryptionKey is missing", string.Concat(output), StringComparison.Ordinal);
    }

    private static async Task<(string Current, IReadOnlyList<string> All)> RefreshKeysAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SigningKeyStore>().RefreshAsync(CancellationToken.None);
        var ring = services.GetRequiredService<KeyRing>();
        return (ring.Current.Kid, [.. ring.Keys.Select(key => key.Kid)]);
    }

    private static async Task<string[]> KidsAsync(HttpClient client)
    {
        var jwks = await (await client.GetAsync("/.well-known/jwks.json")).JsonAsync();
        return [.. jwks.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
    }
}
