using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ShopFlow.Auth.Audit;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Auth;

public sealed class AuditLogTests(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly AuthUnderTest _auth = new(postgres);
    private JsonElement _admin;

    private Guid AdminId => _admin.GetProperty("user").GetProperty("id").GetGuid();

    public async ValueTask InitializeAsync()
    {
        await _auth.InitializeAsync();
        _admin = await (await _auth.LoginAsync("admin", AuthUnderTest.AdminPassword)).JsonAsync();
    }

    public ValueTask DisposeAsync() => _auth.DisposeAsync();

    [Fact]
    public async Task The_log_is_read_newest_first_page_by_page()
    {
        for (var minute = 0; minute < 5; minute++)
            await StoreAsync(Action(minute, "AdjustStock", 200));

        var (seen, next) = (new List<string?>(), "");
        do
        {
            var page = await ListAsync($"limit=2{next}");
            Assert.Equal(5, page.GetProperty("total").GetInt32());
            seen.AddRange(Requests(page));
            next = page.GetProperty("next") is { ValueKind: JsonValueKind.String } id ? $"&next={id}" : null;
        }
        while (next is not null);

        Assert.Equal(["4", "3", "2", "1", "0"], seen);
    }

    [Theory]
    [InlineData("actor=anna", "0")]
    [InlineData("actor=0198c0de-0000-7000-8000-000000000002", "1 2")]
    [InlineData("operation=SetFlag", "2")]
    [InlineData("service=orders", "1")]
    [InlineData("object=MUG", "0 1")]
    [InlineData("from=2026-11-21T12:01:00Z", "1 2")]
    [InlineData("to=2026-11-21T12:01:00Z", "0")]
    [InlineData("from=2026-11-21T13:01:00%2B01:00&to=2026-11-21T12:02:00Z&object=MUG", "1")]
    [InlineData("to=0001-01-01T00:00:00Z", "")]
    public async Task It_is_filtered(string query, string requests)
    {
        await StoreAsync(Action(0, "AdjustStock", 200, objects: "MUG") with { ActorId = "0198c0de-0000-7000-8000-000000000001", ActorName = "anna" });
        await StoreAsync(Action(1, "RefundOrder", 201, objects: ["O-1", "MUG"]) with { Service = "orders" });
        await StoreAsync(Action(2, "SetFlag", null));

        Assert.Equal(requests.Split(' ', StringSplitOptions.RemoveEmptyEntries), Requests(await ListAsync(query)).Order());
    }

    [Fact]
    public async Task An_outcome_that_comes_later_is_added_and_then_stays()
    {
        var begun = Action(0, "ImportProducts", null);
        await StoreAsync(begun);
        Assert.Equal("Unknown", await OutcomeAsync());

        await StoreAsync(begun with { Id = Guid.CreateVersion7(), Status = 500 });
        Assert.Equal("Failed", await OutcomeAsync());

        await StoreAsync(begun with { Id = Guid.CreateVersion7(), Status = 200 });
        await StoreAsync(begun with { Id = Guid.CreateVersion7() });
        Assert.Equal("Failed", await OutcomeAsync());
    }

    [Theory]
    [InlineData("delete from admin_actions")]
    [InlineData("truncate admin_actions")]
    [InlineData("update admin_actions set status = 200")]
    [InlineData("update admin_actions set actor_name = 'somebody else'")]
    public async Task Nobody_rewrites_it(string statement)
    {
        await StoreAsync(Action(0, "SetUserRoles", 500));

        await Assert.ThrowsAsync<PostgresException>(() => _auth.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(statement)));
    }

    [Fact]
    public async Task A_service_without_a_database_has_it_written_down_in_the_name_of_its_caller()
    {
        var action = new AdminAction(
            Guid.CreateVersion7(), DateTimeOffset.UtcNow, AdminId.ToString(), "admin", "gateway", "SetFlag", "PUT /admin/flags/searchSlow", ["searchSlow"], null);

        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(new(action)));
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(new(action, new(200, "20 %"))));

        var payload = await _auth.WithDbAsync(db => db.Set<OutboxMessage>().Where(message => message.Id == action.Id).Select(message => message.Payload).SingleAsync());
        Assert.Contains("20 %", payload, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await ReportAsync(new(action with { ActorId = Guid.NewGuid().ToString() })));
        Assert.Equal(HttpStatusCode.Forbidden, await ReportAsync(new(action), (await _auth.RegisterAsync()).Token));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("actor=", "actor")]
    [InlineData("object=a%00b", "object")]
    [InlineData("from=yesterday", "from")]
    public async Task Bad_input_is_named(string query, string field)
    {
        using var refused = await SendAsync(HttpMethod.Get, $"/admin/audit?{query}");

        Assert.Equal([field], await refused.WrongFieldsAsync());
    }

    private static AdminActionRecorded Action(int minute, string operation, int? status, params string[] objects)
    {
        var at = s_noon.AddMinutes(minute);
        return new(
            Guid.CreateVersion7(at), "0198c0de-0000-7000-8000-000000000002", "bert", "inventory", operation, $"{minute}", objects, status, "because", "c-1")
        {
            OccurredAt = at,
        };
    }

    private static IEnumerable<string?> Requests(JsonElement page) =>
        page.GetProperty("actions").EnumerateArray().Select(action => action.GetProperty("request").GetString());

    private Task StoreAsync(AdminActionRecorded e) => _auth.WithServicesAsync(async services =>
    {
        await ActivatorUtilities.CreateInstance<StoreAdminActions>(services).HandleAsync(e, default);
        return true;
    });

    private async Task<string?> OutcomeAsync() =>
        Assert.Single((await ListAsync("")).GetProperty("actions").EnumerateArray()).GetProperty("outcome").GetString();

    private async Task<JsonElement> ListAsync(string query)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"/admin/audit?{query}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    private async Task<HttpStatusCode> ReportAsync(AdminActionReport report, string? token = null)
    {
        using var answer = await SendAsync(HttpMethod.Put, $"/internal/admin-actions/{report.Action.Id}", JsonContent.Create(report), token);
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? token = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? _admin.GetProperty("token").GetString());
        return _auth.Client.SendAsync(request);
    }
}
