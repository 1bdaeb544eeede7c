using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.Servers;
using ShopFlow.Tests.ServiceDefaults;

namespace ShopFlow.Tests.Notifications;

/// <summary>The notifications service on a database of its own, with a folder for e-mails and little patience.</summary>
internal sealed class NotificationsUnderTest : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TestTokens _tokens = new();
    private readonly string _database;
    private readonly WebApplicationFactory<NotificationsDbContext> _service;

    private NotificationsUnderTest(string database, string folder, (string Key, string Value)[] settings)
    {
        (_database, Folder) = (database, folder);
        _service = new WebApplicationFactory<NotificationsDbContext>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:notificationsdb", database);
            host.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
            host.UseSetting("Notifications:ShopAddress", "https://shop.example");
            host.UseSetting("Notifications:Mail:Folder", folder);
            host.UseSetting("Notifications:Delivery:PollInterval", "00:00:00.050");
            host.UseSetting("Notifications:Delivery:Backoff", "00:00:00.050");
            host.UseSetting("Notifications:Delivery:TimeLimit", "00:00:02");
            host.UseSetting("Notifications:Webhooks:AllowPrivateAddresses", "true");
            foreach (var (key, value) in settings)
                host.UseSetting(key, value);
            host.ConfigureTestServices(services => services.AddSingleton<IJwksSource>(_tokens).AddSingleton<TimeProvider>(Time));
        });
    }

    public SettableTime Time { get; } = new();

    public string Folder { get; }

    public string UserId { get; } = Guid.NewGuid().ToString();

    public IServiceProvider Services => _service.Services;

    public static async Task<NotificationsUnderTest> StartAsync(PostgresServer postgres, params (string Key, string Value)[] settings) =>
        new(await postgres.CreateDatabaseAsync(), Directory.CreateTempSubdirectory("shopflow-mail-").FullName, settings);

    public HttpClient Client(string? userId = null, bool isAdmin = false)
    {
        var client = _service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", _tokens.Issue(userId: userId ?? UserId, roles: isAdmin ? ["admin"] : ["customer"], expiresIn: TimeSpan.FromDays(7)));
        return client;
    }

    /// <summary>Hands over events in one batch.</summary>
    public Task<bool> DeliverAsync<TEvent, THandler>(params TEvent[] events)
        where TEvent : IntegrationEvent
        where THandler : class, IConsumer<TEvent> =>
        Services.GetRequiredService<IEventDispatcher>().DeliverAsync<TEvent, THandler>([.. events.Select(Dated)]);

    /// <summary>The files of the e-mails, as soon as there are as many.</summary>
    public async Task<IReadOnlyList<string>> MailsAsync(int count)
    {
        await Eventually.TrueAsync(() => Mails().Count >= count, Limit, () => $"there are {Mails().Count} of {count} e-mails");
        return Mails();
    }

    public IReadOnlyList<string> Mails() =>
        [.. Directory.GetFiles(Folder, "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    public Task StateAsync(string state, int count = 1) => Eventually.TrueAsync(
        async () => await ScalarAsync($"select count(*) from deliveries where state = '{state}'") == count,
        Limit,
        () => $"there are not {count} {state} deliveries");

    public async Task<long> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), null);
    }

    public async Task<JsonElement> RegisterWebhookAsync(string url, string? secret = null, params string[] types)
    {
        var answer = await Client().PostAsJsonAsync("/notifications/webhooks", new { url, secret, types = types is [] ? null : types });
        answer.EnsureSuccessStatusCode();
        return await answer.JsonAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static TEvent Dated<TEvent>(TEvent e)
        where TEvent : IntegrationEvent =>
        e.OccurredAt == default ? e with { OccurredAt = DateTimeOffset.UtcNow } : e;
}
