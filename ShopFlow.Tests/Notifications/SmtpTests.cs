using ShopFlow.Contracts;
using ShopFlow.Notifications.Writing;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Notifications;

public sealed class SmtpTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly SmtpListener _server = new();
    private NotificationsUnderTest _service = null!;

    public async ValueTask InitializeAsync() => _service = await StartAsync(_server.Port);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Many_emails_go_over_one_connection_each_once_as_text_and_as_html()
    {
        var placed = Enumerable.Range(0, 20).Select(n => Placed($"guest{n}@example.com")).ToArray();
        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(placed);

        await _service.StateAsync("Sent", 20);
        Assert.Equal(20, _server.Mails.Count);
        Assert.Equal(20, _server.Mails.Select(mail => mail.Split("\r\n").Single(line => line.StartsWith("To: ", StringComparison.Ordinal))).Distinct().Count());
        Assert.All(_server.Mails, mail => Assert.Contains("text/plain", mail));
        Assert.All(_server.Mails, mail => Assert.Contains("text/html", mail));
        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public async Task Who_is_refused_for_good_is_dead_and_holds_up_nobody()
    {
        _server.RecipientAnswers["gone@example.com"] = "550 no such user";
        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(Placed("gone@example.com"), Placed("here@example.com"));

        await _service.StateAsync("Dead");
        await _service.StateAsync("Sent");
        Assert.Contains("To: here@example.com", Assert.Single(_server.Mails));
    }

    [Fact]
    public async Task Who_is_refused_for_now_is_written_to_again()
    {
        _server.RecipientAnswers["busy@example.com"] = "450 try later";
        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(Placed("busy@example.com"));

        await _service.StateAsync("Sent");
        Assert.Single(_server.Mails);
        Assert.Equal(2, await _service.ScalarAsync("select attempts from deliveries"));
    }

    [Fact]
    public async Task An_email_that_is_not_taken_holds_up_no_other_and_is_tried_again()
    {
        _server.MailAnswers["odd@example.com"] = "554 looks like spam";
        var first = Placed("odd@example.com") with { Id = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddSeconds(-1)) };

        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(first, Placed("a@example.com"), Placed("b@example.com"));

        await _service.StateAsync("Sent", 3);
        Assert.Equal(2, await _service.ScalarAsync("select attempts from deliveries where recipient = 'odd@example.com'"));
        Assert.Equal(1, await _service.ScalarAsync("select max(attempts) from deliveries where recipient <> 'odd@example.com'"));
    }

    [Fact]
    public async Task While_the_server_is_away_emails_wait()
    {
        await using var service = await StartAsync(port: 1);
        await service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(Placed("a@example.com"), Placed("b@example.com"));

        await Eventually.TrueAsync(
            async () => await service.ScalarAsync("select coalesce(min(attempts), 0) from deliveries where state = 'Waiting' and error is not null") >= 2,
            NotificationsUnderTest.Limit,
            () => "they were not tried again");
    }

    [Fact]
    public async Task An_email_that_its_worker_left_behind_is_sent_when_the_lease_ends()
    {
        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(Placed("a@example.com"));
        await _service.StateAsync("Sent");
        await _service.ScalarAsync("update deliveries set state = 'Waiting', due_at = now() - interval '1 ms' returning 0");

        await _service.StateAsync("Sent");
        await Eventually.TrueAsync(() => _server.Mails.Count == 2, NotificationsUnderTest.Limit, () => "it was not sent again");
        Assert.Single(_server.Mails.Select(MessageId).Distinct());
    }

    private static string MessageId(string mail) => mail.Split("\r\n").Single(line => line.StartsWith("Message-ID: ", StringComparison.OrdinalIgnoreCase));

    private static OrderPlaced Placed(string email) => new(Guid.NewGuid(), $"guest:{Guid.NewGuid()}", email, [], 1290, "EUR");

    private Task<NotificationsUnderTest> StartAsync(int port) => NotificationsUnderTest.StartAsync(
        postgres,
        ("Notifications:Mail:Folder", ""),
        ("Notifications:Mail:Host", "127.0.0.1"),
        ("Notifications:Mail:Port", port.ToString(null, null)),
        ("Notifications:Mail:Encrypt", "false"));
}
