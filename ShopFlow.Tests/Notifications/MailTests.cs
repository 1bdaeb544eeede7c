using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;
using ShopFlow.Notifications.Data;
using ShopFlow.Notifications.Writing;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Notifications;

public sealed class MailTests(PostgresServer postgres) : IAsyncLifetime
{
    private NotificationsUnderTest _service = null!;

    private string User => _service.UserId;

    public async ValueTask InitializeAsync() => _service = await NotificationsUnderTest.StartAsync(postgres);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task An_event_that_comes_twice_is_one_email()
    {
        var placed = new OrderPlaced(Guid.NewGuid(), "guest:1", "guest@example.com", [], 1290, "EUR");

        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(placed);
        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(placed);
        await _service.DeliverAsync<OrderConfirmed, NotifyOfConfirmedOrder>(
            new OrderConfirmed(placed.OrderId, "guest:1", "guest@example.com", 1290, "EUR"));

        await _service.StateAsync("Sent", 2);
        var mails = await _service.MailsAsync(2);
        Assert.Equal(2, mails.Count);
        Assert.Contains("To: guest@example.com", mails[0]);
        Assert.Contains("Subject: We have your order", mails[0]);
        Assert.Contains("12.90 EUR", mails[0]);
        Assert.Contains($"Message-ID: <{placed.Id}@shop.example>", mails[0]);
    }

    [Fact]
    public async Task An_order_that_is_heard_of_before_its_user_is_written_about_when_the_address_is_known()
    {
        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(new OrderPlaced(Guid.NewGuid(), User, null, [], 1290, "EUR"));
        await _service.DeliverAsync<UserRegistered, WelcomeUser>(new UserRegistered(Guid.Parse(User), "anna", "anna@example.com"));

        var mails = await _service.MailsAsync(2);
        Assert.All(mails, mail => Assert.Contains("To: anna@example.com", mail));
        Assert.All(mails, mail => Assert.Contains("Hello anna,", mail));
    }

    [Fact]
    public async Task Who_has_no_address_is_skipped_in_the_end()
    {
        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(new OrderPlaced(Guid.NewGuid(), User, null, [], 1290, "EUR"));

        await _service.StateAsync("Skipped");
        Assert.Empty(_service.Mails());
    }

    [Fact]
    public async Task A_guest_who_gave_no_address_is_not_waited_for()
    {
        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(new OrderPlaced(Guid.NewGuid(), "guest:1", null, [], 1290, "EUR"));

        Assert.Equal(0, await _service.ScalarAsync("select count(*) from deliveries"));
    }

    [Fact]
    public async Task What_a_crash_left_in_the_folder_stops_no_other_attempt()
    {
        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(new OrderPlaced(Guid.NewGuid(), User, "anna@example.com", [], 1290, "EUR"));
        await _service.StateAsync("Sent");

        await using var scope = _service.Services.CreateAsyncScope();
        var delivery = await scope.ServiceProvider.GetRequiredService<NotificationsDbContext>().Deliveries.AsNoTracking().SingleAsync();
        var unfinished = Directory.CreateDirectory(Path.Combine(_service.Folder, ".unfinished", delivery.Id.ToString()));
        await File.WriteAllTextAsync(Path.Combine(unfinished.FullName, "half.eml"), "half");
        await _service.ScalarAsync("update deliveries set state = 'Waiting', due_at = now() - interval '1 ms' returning 0");

        await Eventually.TrueAsync(
            async () => await _service.ScalarAsync("select count(*) from deliveries where state = 'Sent' and attempts = 2") == 1,
            NotificationsUnderTest.Limit,
            () => "it was not sent again");
    }

    [Fact]
    public async Task What_a_user_has_switched_off_is_neither_mailed_nor_listed()
    {
        await _service.Client().PutAsJsonAsync(
            "/notifications/preferences",
            new { preferences = new object[] { new { type = "OrderPlaced", email = false }, new { type = "OrderConfirmed", inApp = false } } });

        var orderId = Guid.NewGuid();
        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(new OrderPlaced(orderId, User, "anna@example.com", [], 1290, "EUR"));
        await _service.DeliverAsync<OrderConfirmed, NotifyOfConfirmedOrder>(new OrderConfirmed(orderId, User, "anna@example.com", 1290, "EUR"));

        await _service.StateAsync("Sent");
        Assert.Contains("Subject: Your order is confirmed", Assert.Single(_service.Mails()));
        var page = await (await _service.Client().GetAsync("/notifications")).JsonAsync();
        Assert.Equal("OrderPlaced", Assert.Single(page.GetProperty("notifications").EnumerateArray()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_link_of_a_password_reset_is_in_the_email_only_and_forgotten_after_it()
    {
        var requested = new PasswordResetRequested(
            Guid.Parse(User), "anna", "anna@example.com", "a-secret-token", DateTimeOffset.UtcNow.AddMinutes(30)) { OccurredAt = DateTimeOffset.UtcNow };
        await _service.DeliverAsync<PasswordResetRequested, NotifyOfPasswordReset>(requested);

        await _service.StateAsync("Sent");
        Assert.Contains("a-secret-token", Unfolded(Assert.Single(_service.Mails())));
        Assert.Contains("href=\"https://shop.example/", await _service.Client().GetStringAsync($"/mail/{requested.Id}"));
        var list = await _service.Client().GetStringAsync("/notifications");
        Assert.Contains("30 minutes", list);
        Assert.DoesNotContain("a-secret-token", list);
        Assert.Equal(0, await _service.ScalarAsync("select count(link) from deliveries"));

        await _service.ScalarAsync("update deliveries set state = 'Dead' returning 0");
        var admin = _service.Client(Guid.NewGuid().ToString(), isAdmin: true);
        var dead = Assert.Single((await admin.GetFromJsonAsync<JsonElement>("/admin/deliveries?state=Dead")).GetProperty("deliveries").EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync($"/admin/deliveries/{dead.GetProperty("id").GetGuid()}/replay", null)).StatusCode);
    }

    [Fact]
    public async Task The_page_shows_what_was_written_and_what_is_hostile_in_it_is_only_text()
    {
        await _service.DeliverAsync<OrderShipped, NotifyOfShippedOrder>(new OrderShipped(
            Guid.NewGuid(), Guid.NewGuid(), "guest:1", "guest@example.com", "<script>alert('é')</script>", "1", [new("MUG", 1)]));
        await _service.MailsAsync(1);

        var list = await _service.Client().GetStringAsync("/mail");
        Assert.Contains("guest@example.com", list);

        var link = list[(list.IndexOf("href=\"", StringComparison.Ordinal) + 6)..];
        var mail = await _service.Client().GetStringAsync(link[..link.IndexOf('"')]);
        Assert.Contains("&lt;script&gt;alert(&#39;&#233;&#39;)&lt;/script&gt;", mail);
        Assert.DoesNotContain("<script>", mail);
    }

    [Theory]
    [InlineData("javascript:alert(document.domain)")]
    [InlineData("https://evil.example/your-parcel")]
    [InlineData("{{subject}}")]
    public async Task What_somebody_wrote_makes_no_link_of_ours(string message)
    {
        await _service.DeliverAsync<UserRegistered, WelcomeUser>(new UserRegistered(Guid.Parse(User), "anna", "anna@example.com"));
        await _service.MailsAsync(1);
        var sent = await (await _service.Client().PostAsJsonAsync("/notifications/send", new { userId = User, type = "Message", message })).JsonAsync();
        await _service.MailsAsync(2);

        var mail = await _service.Client().GetStringAsync($"/mail/{sent.GetProperty("id").GetGuid()}");
        Assert.Contains($"<p>{message}</p>", mail);
        Assert.DoesNotContain("href", mail);
    }

    [Fact]
    public async Task Where_there_is_a_mail_server_there_is_no_page()
    {
        await using var service = await NotificationsUnderTest.StartAsync(
            postgres, ("Notifications:Mail:Folder", ""), ("Notifications:Mail:Host", "mail.example"));

        Assert.Equal(HttpStatusCode.NotFound, (await service.Client().GetAsync("/mail")).StatusCode);
    }

    private static string Unfolded(string mail) => mail.Replace("=\r\n", "", StringComparison.Ordinal);
}
