using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;
using ShopFlow.Notifications.Data;
using ShopFlow.Notifications.Webhooks;
using ShopFlow.Notifications.Writing;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Notifications;

public sealed class WebhookTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Secret = "a secret for tests";

    private NotificationsUnderTest _service = null!;
    private CustomerServer _customer = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await NotificationsUnderTest.StartAsync(postgres);
        _customer = await CustomerServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _customer.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_webhook_is_told_once_of_what_it_wants_and_can_check_who_tells()
    {
        await _service.RegisterWebhookAsync(_customer.Url, Secret, "OrderConfirmed");
        var confirmed = new OrderConfirmed(Guid.NewGuid(), _service.UserId, "anna@example.com", 1290, "EUR");

        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(
            new OrderPlaced(confirmed.OrderId, _service.UserId, "anna@example.com", [], 1290, "EUR"));
        await _service.DeliverAsync<OrderConfirmed, NotifyOfConfirmedOrder>(confirmed);
        await _service.DeliverAsync<OrderConfirmed, NotifyOfConfirmedOrder>(confirmed);

        await _service.StateAsync("Sent", 3);
        var received = Assert.Single(_customer.All);
        var body = JsonSerializer.Deserialize<JsonElement>(received.Body);
        Assert.Equal(("OrderConfirmed", confirmed.Id, confirmed.OrderId), (
            body.GetProperty("type").GetString(), body.GetProperty("id").GetGuid(), body.GetProperty("orderId").GetGuid()));
        Assert.False(received.HasTrace);

        // As a receiver would, by the documentation only.
        var (timestamp, signature) = (received.Signature.Split(',')[0][2..], received.Signature.Split(',')[1][3..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp + "."), .. received.Body];
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)), signature);
        Assert.InRange(DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, null)), TimeSpan.FromSeconds(-5), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task What_fails_is_tried_again_until_it_is_taken()
    {
        _customer.Answer = 503;
        await _service.RegisterWebhookAsync(_customer.Url);
        await TellAsync();

        await Eventually.TrueAsync(() => _customer.All.Count >= 3, NotificationsUnderTest.Limit, () => $"it was tried {_customer.All.Count} times");
        _customer.Answer = 200;

        await _service.StateAsync("Sent", 2);
        Assert.Single(_customer.All.Select(received => Encoding.UTF8.GetString(received.Body)).Distinct());
    }

    [Fact]
    public async Task What_fails_for_too_long_is_dead_is_listed_and_can_be_replayed()
    {
        _customer.Answer = 500;
        await _service.RegisterWebhookAsync(_customer.Url);
        await TellAsync();
        await Eventually.TrueAsync(() => !_customer.All.IsEmpty, NotificationsUnderTest.Limit, () => "it was not tried");
        _service.Time.Advance(TimeSpan.FromDays(2));
        await _service.StateAsync("Dead");

        var page = await _service.Client().GetFromJsonAsync<JsonElement>("/notifications/webhooks/deliveries?state=Dead");
        var dead = Assert.Single(page.GetProperty("deliveries").EnumerateArray());
        Assert.Contains("500", dead.GetProperty("error").GetString());
        var replay = $"/notifications/webhooks/deliveries/{dead.GetProperty("id").GetGuid()}/replay";

        var stranger = await _service.Client(Guid.NewGuid().ToString()).PostAsync(replay, null);
        Assert.Equal("not-found", await stranger.ProblemAsync(HttpStatusCode.NotFound));

        _customer.Answer = 200;
        Assert.Equal(HttpStatusCode.Accepted, (await _service.Client().PostAsync(replay, null)).StatusCode);
        await _service.StateAsync("Sent", 2);
        Assert.Equal("not-found", await (await _service.Client().PostAsync(replay, null)).ProblemAsync(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task An_admin_sees_and_replays_what_died_of_everybody()
    {
        _customer.Answer = 500;
        await _service.RegisterWebhookAsync(_customer.Url);
        await TellAsync();
        _service.Time.Advance(TimeSpan.FromDays(2));
        await _service.StateAsync("Dead");

        var admin = _service.Client(Guid.NewGuid().ToString(), isAdmin: true);
        var dead = Assert.Single((await admin.GetFromJsonAsync<JsonElement>("/admin/deliveries?state=Dead")).GetProperty("deliveries").EnumerateArray());
        _customer.Answer = 200;
        (await admin.PostAsync($"/admin/deliveries/{dead.GetProperty("id").GetGuid()}/replay", null)).EnsureSuccessStatusCode();

        await _service.StateAsync("Sent", 2);
        Assert.Equal(HttpStatusCode.Forbidden, (await _service.Client().GetAsync("/admin/deliveries")).StatusCode);
    }

    [Fact]
    public async Task A_webhook_that_does_not_answer_holds_up_no_other()
    {
        await _service.RegisterWebhookAsync(_customer.Url.Replace("/told", "/slow", StringComparison.Ordinal));
        await _service.RegisterWebhookAsync(_customer.Url);
        for (var i = 0; i < 5; i++)
            await TellAsync();

        // The five e-mails and the five that are answered.
        await _service.StateAsync("Sent", 10);
        Assert.Equal(5, await _service.ScalarAsync("select count(*) from deliveries where state = 'Waiting'"));
    }

    [Fact]
    public async Task E_mails_wait_for_no_webhook_however_many_are_slow()
    {
        // One webhook that is waited for is all that there is room for, and it is waited for longer than this test takes.
        await using var busy = await NotificationsUnderTest.StartAsync(
            postgres,
            ("Notifications:Delivery:Concurrency", "1"),
            ("Notifications:Delivery:TimeLimit", "00:00:30"),
            ("Notifications:Delivery:Lease", "00:05:00"));
        await busy.RegisterWebhookAsync(_customer.Url.Replace("/told", "/slow", StringComparison.Ordinal));

        for (var i = 0; i < 3; i++)
        {
            await busy.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(new OrderPlaced(Guid.NewGuid(), busy.UserId, "anna@example.com", [], 1290, "EUR"));
            await busy.StateAsync("Sent", i + 1);
        }
    }

    [Fact]
    public async Task The_worker_is_woken_and_does_not_wait_for_its_next_look()
    {
        await using var service = await NotificationsUnderTest.StartAsync(postgres, ("Notifications:Delivery:PollInterval", "00:01:00"));
        await service.RegisterWebhookAsync(_customer.Url);
        var admin = service.Client(isAdmin: true);
        await service.DeliverAsync<UserRegistered, WelcomeUser>(new UserRegistered(Guid.Parse(service.UserId), "anna", "anna@example.com"));
        await service.StateAsync("Sent", 2);

        await service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(new OrderPlaced(Guid.NewGuid(), service.UserId, null, [], 1290, "EUR"));
        await service.StateAsync("Sent", 4);

        (await service.Client().PostAsJsonAsync("/notifications/send", new { userId = service.UserId, type = "Message", message = "x" })).EnsureSuccessStatusCode();
        await service.StateAsync("Sent", 6);

        await service.ScalarAsync("update deliveries set state = 'Dead' where webhook_id is not null returning 0");
        var dead = (await admin.GetFromJsonAsync<JsonElement>("/admin/deliveries?state=Dead")).GetProperty("deliveries")[0].GetProperty("id").GetGuid();
        (await admin.PostAsync($"/admin/deliveries/{dead}/replay", null)).EnsureSuccessStatusCode();
        await service.StateAsync("Sent", 4);
    }

    [Fact]
    public async Task Whatever_a_server_answers_is_written_down()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await _service.RegisterWebhookAsync($"http://{server.LocalEndpoint}/");
        await TellAsync();
        using (var caller = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(NotificationsUnderTest.Limit))
            await caller.GetStream().WriteAsync("\0 no status line\r\n\r\n"u8.ToArray());

        await Eventually.TrueAsync(
            async () => await _service.ScalarAsync("select count(*) from deliveries where error like '%no status line%'") == 1,
            NotificationsUnderTest.Limit,
            () => "it was not written down");
    }

    [Fact]
    public async Task A_message_beside_the_removal_of_a_webhook_is_sent()
    {
        var webhook = await _service.RegisterWebhookAsync(_customer.Url, Secret, "Message");
        await using var scope = _service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationsDbContext>();
        await using var removal = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await db.Webhooks.Where(known => known.Id == webhook.GetProperty("id").GetGuid()).ExecuteDeleteAsync(TestContext.Current.CancellationToken);

        var sending = _service.Client().PostAsJsonAsync("/notifications/send", new { userId = _service.UserId, type = "Message", message = "x" });
        await Eventually.TrueAsync(
            async () => await _service.ScalarAsync(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0,
            NotificationsUnderTest.Limit,
            () => "nobody waits");
        await removal.CommitAsync(TestContext.Current.CancellationToken);

        using var answer = await sending;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task It_is_not_sent_elsewhere()
    {
        await _service.RegisterWebhookAsync(_customer.Url.Replace("/told", "/elsewhere", StringComparison.Ordinal));
        await TellAsync();

        await Eventually.TrueAsync(
            async () => await _service.ScalarAsync("select count(*) from deliveries where error = 'It answered 307.'") == 1,
            NotificationsUnderTest.Limit,
            () => "the redirection was no failure");
        Assert.Empty(_customer.All);
    }

    [Fact]
    public async Task A_name_that_stands_for_a_private_address_is_not_called()
    {
        await using var strict = await NotificationsUnderTest.StartAsync(postgres, ("Notifications:Webhooks:AllowPrivateAddresses", "false"));
        await strict.RegisterWebhookAsync("https://localhost/told");
        await strict.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(new OrderPlaced(Guid.NewGuid(), strict.UserId, "anna@example.com", [], 1290, "EUR"));

        await Eventually.TrueAsync(
            async () => await strict.ScalarAsync("select count(*) from deliveries where error = 'localhost has no public address.'") == 1,
            NotificationsUnderTest.Limit,
            () => "it was not refused");
    }

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:192.168.0.1]/")]
    [InlineData("https://2130706433/")]
    [InlineData("http://example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("https://user:password@example.com/")]
    [InlineData("/relative")]
    [InlineData("https://example.com/\u0000")]
    [InlineData("")]
    [InlineData(null)]
    public async Task An_address_that_must_not_be_called_is_refused(string? url)
    {
        await using var strict = await NotificationsUnderTest.StartAsync(postgres, ("Notifications:Webhooks:AllowPrivateAddresses", "false"));

        var answer = await strict.Client().PostAsJsonAsync("/notifications/webhooks", new { url });

        Assert.Equal(["url"], await answer.WrongFieldsAsync());
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("172.31.255.255", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    public void Addresses_of_the_internet_are_told_from_those_in_here(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddresses.Contain(IPAddress.Parse(address)));

    [Fact]
    public async Task Wrong_fields_are_named_and_nothing_is_stored()
    {
        var answer = await _service.Client().PostAsJsonAsync(
            "/notifications/webhooks", new { url = "https://example.com", secret = "short", types = new[] { "StockLow" } });

        Assert.Equal(["secret", "types"], await answer.WrongFieldsAsync());
        Assert.Equal(0, await _service.ScalarAsync("select count(*) from webhooks"));
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_a_webhook_is_its_owners_only()
    {
        var registered = await _service.RegisterWebhookAsync(_customer.Url);
        Assert.Equal(43, registered.GetProperty("secret").GetString()!.Length);
        var path = $"/notifications/webhooks/{registered.GetProperty("id").GetGuid()}";

        Assert.DoesNotContain(registered.GetProperty("secret").GetString()!, await _service.Client().GetStringAsync("/notifications/webhooks"));
        var stranger = await _service.Client(Guid.NewGuid().ToString()).DeleteAsync(path);
        Assert.Equal("not-found", await stranger.ProblemAsync(HttpStatusCode.NotFound));
        Assert.Equal(HttpStatusCode.NoContent, (await _service.Client().DeleteAsync(path)).StatusCode);
    }

    [Fact]
    public async Task There_are_no_more_than_ten()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 14).Select(n =>
            _service.Client().PostAsJsonAsync("/notifications/webhooks", new { url = $"https://example.com/{n}" })));

        Assert.Equal(4, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(10, await _service.ScalarAsync("select count(*) from webhooks"));
    }

    private Task TellAsync() => _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(
        new OrderPlaced(Guid.NewGuid(), _service.UserId, "anna@example.com", [], 1290, "EUR"));
}
