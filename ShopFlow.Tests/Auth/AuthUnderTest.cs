using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Auth;
using ShopFlow.Auth.Data;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Auth;

/// <summary>The auth service on a database of its own. Passwords cost little here, except where a test is about their cost.</summary>
public class AuthUnderTest(PostgresServer postgres) : IAsyncLifetime
{
    internal const string KeyEncryptionKey = "a key for tests, not a secret";
    internal const string AdminPassword = "the first admin's password";

    private WebApplicationFactory<AuthOptions> _factory = null!;

    internal SettableTime Time { get; } = new();

    internal HttpClient Client { get; private set; } = null!;

    internal string ConnectionString { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.CreateDatabaseAsync();
        _factory = Start();
        Client = _factory.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another replica on the same database.</summary>
    internal WebApplicationFactory<AuthOptions> Start(params (string Key, string Value)[] settings) =>
        new WebApplicationFactory<AuthOptions>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:authdb", ConnectionString);
            host.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
            host.UseSetting("Auth:KeyEncryptionKey", KeyEncryptionKey);
            host.UseSetting("Auth:AdminPassword", AdminPassword);
            host.UseSetting("Auth:HashingIterations", "1000");

            foreach (var (key, value) in settings)
                host.UseSetting(key, value);

            Configure(host);
            host.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Time));
        });

    /// <summary>A new user, with a name that no other test knows.</summary>
    internal async Task<Account> RegisterAsync(string password = "a long password")
    {
        var username = $"user-{Guid.NewGuid():N}";
        var response = await Client.PostAsJsonAsync("/auth/register", new { username, password, email = "someone@example.org" });
        response.EnsureSuccessStatusCode();
        return new(username, password, await response.JsonAsync());
    }

    internal Task<HttpResponseMessage> LoginAsync(string username, string password) =>
        Client.PostAsJsonAsync("/auth/login", new { username, password });

    internal Task<HttpResponseMessage> RefreshAsync(string refreshToken) =>
        Client.PostAsJsonAsync("/auth/refresh", new { refreshToken });

    internal Task<HttpResponseMessage> VerifyAsync(string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/auth/verify");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return Client.SendAsync(request);
    }

    internal Task<T> WithDbAsync<T>(Func<AuthDbContext, Task<T>> use) =>
        WithServicesAsync(services => use(services.GetRequiredService<AuthDbContext>()));

    internal async Task<T> WithServicesAsync<T>(Func<IServiceProvider, Task<T>> use)
    {
        await using var scope = _factory.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider);
    }

    protected virtual void Configure(IWebHostBuilder host)
    {
    }

    internal sealed record Account(string Username, string Password, JsonElement SignedIn)
    {
        public string Token => SignedIn.GetProperty("token").GetString()!;

        public string RefreshToken => SignedIn.GetProperty("refreshToken").GetString()!;
    }
}
