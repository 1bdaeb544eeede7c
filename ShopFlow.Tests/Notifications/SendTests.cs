using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ShopFlow.Contracts;
using ShopFlow.Notifications.Writing;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Notifications;

public sealed class SendTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Text = "Your bicycle is ready.\nBring the ticket.";

    private NotificationsUnderTest _service = null!;

    private string User => _service.UserId;

    public async ValueTask InitializeAsync()
    {
        _service = await NotificationsUnderTest.StartAsync(postgres);
        await _service.DeliverAsync<UserRegistered, WelcomeUser>(new UserRegistered(Guid.Parse(User), "anna", "anna@example.com"));
        await _service.MailsAsync(1);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task What_is_sent_is_in_the_list_and_in_an_e_mail()
    {
        using var answer = await SendAsync(new { userId = User, type = "message", message = Text });

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($"/notifications/{User}", answer.Headers.Location?.ToString());
        var sent = await answer.JsonAsync();
        Assert.Equal(("Message", "Email", User), (Of(sent, "type"), Of(sent, "channel"), Of(sent, "userId")));

        var listed = (await PageAsync()).GetProperty("notifications")[0];
        Assert.Equal((Of(sent, "id"), "Message", Text), (Of(listed, "id"), Of(listed, "type"), Of(listed, "body")));
        Assert.Contains(await _service.MailsAsync(2), mail => mail.Contains("Bring the ticket.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_for_the_list_is_not_mailed()
    {
        using var answer = await SendAsync(new { userId = User, type = "OrderShipped", message = Text, channel = "inApp" });

        Assert.Equal("InApp", Of(await answer.JsonAsync(), "channel"));
        Assert.Equal(2, (await PageAsync()).GetProperty("total").GetInt32());
        Assert.Equal(1, await _service.ScalarAsync("select count(*) from deliveries"));
    }

    [Fact]
    public async Task A_repetition_with_the_same_key_gets_the_first_answer_and_tells_nobody_twice()
    {
        var body = new { userId = User, type = "Message", message = Text };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(body, key: "once")));

        var ids = new HashSet<string>();
        foreach (var answer in answers)
            ids.Add(Of(await answer.JsonAsync(), "id"));
        Assert.Single(ids);
        Assert.Equal(2, (await PageAsync()).GetProperty("total").GetInt32());

        using var other = await SendAsync(new { userId = User, type = "Message", message = "Something else." }, key: "once");
        Assert.Equal("idempotency-key-reused", await other.ProblemAsync(HttpStatusCode.UnprocessableEntity));
        using var twice = await SendAsync(body);
        Assert.DoesNotContain(Of(await twice.JsonAsync(), "id"), ids);
    }

    [Fact]
    public async Task Only_an_administrator_writes_to_somebody_else_and_reads_what_they_are_told()
    {
        var stranger = Guid.NewGuid().ToString();
        var body = new { userId = User, type = "Message", message = Text };

        using var refused = await SendAsync(body, from: stranger);
        Assert.Equal("forbidden", await refused.ProblemAsync(HttpStatusCode.Forbidden));
        using var hidden = await _service.Client(stranger).GetAsync($"/notifications/{User}");
        Assert.Equal("forbidden", await hidden.ProblemAsync(HttpStatusCode.Forbidden));

        using var sent = await SendAsync(body, from: stranger, isAdmin: true);
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        foreach (var reader in (HttpClient[])[_service.Client(), _service.Client(stranger, isAdmin: true)])
            Assert.Equal(2, (await reader.GetFromJsonAsync<JsonElement>($"/notifications/{User}")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("""{}""", "message", "type", "userId")]
    [InlineData("""{"userId":"administrators","type":"Message","message":"x"}""", "userId")]
    [InlineData("""{"userId":"0198c0de-0000-7000-8000-000000000001","type":"newsletter","message":"x"}""", "type")]
    [InlineData("""{"userId":"0198c0de-0000-7000-8000-000000000001","type":"3","message":"x"}""", "type")]
    [InlineData("""{"userId":"0198c0de-0000-7000-8000-000000000001","type":"Message","message":"  "}""", "message")]
    [InlineData("""{"userId":"0198c0de-0000-7000-8000-000000000001","type":"Message","message":"a\u0000b"}""", "message")]
    [InlineData("""{"userId":"0198c0de-0000-7000-8000-000000000001","type":"Message","message":"x","channel":"sms"}""", "channel")]
    public async Task Wrong_fields_are_named(string body, params string[] fields)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var refused = await _service.Client().PostAsync("/notifications/send", content);

        Assert.Equal(fields, await refused.WrongFieldsAsync());
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused()
    {
        using var refused = await SendAsync(new { userId = User, type = "Message", message = new string('x', 2001) });

        Assert.Equal(["message"], await refused.WrongFieldsAsync());
    }

    private static string Of(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private Task<JsonElement> PageAsync() => _service.Client().GetFromJsonAsync<JsonElement>("/notifications");

    private async Task<HttpResponseMessage> SendAsync(object body, string? key = null, string? from = null, bool isAdmin = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/notifications/send") { Content = JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await _service.Client(from, isAdmin).SendAsync(request);
    }
}
