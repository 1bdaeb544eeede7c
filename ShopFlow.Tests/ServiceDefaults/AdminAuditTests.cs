using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class AdminAuditTests : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private readonly TestTokens _tokens = new();
    private readonly FakeLog _log = new();
    private TestService _service = null!;
    private int _done;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync(
        app =>
        {
            var admin = app.MapGroup("/admin").RequireAuthorization(Policies.Admin);
            admin.MapGet("/shelves/{id}", () => "full");
            admin.MapPut("/shelves/{id}/books/{book}", (HttpContext context) =>
            {
                _done++;
                context.NoteForAudit("on its back");
            }).WithName("TurnBook");
            admin.MapPost("/shelves", () => TypedResults.Created("/admin/shelves/7")).WithName("BuildShelf");
            admin.MapDelete("/shelves/{id}", () => Problems.NotFound("There is none.")).WithName("BurnShelf");
            admin.MapPost("/fall", void () => throw new InvalidOperationException("it fell")).WithName("LetFall");
            app.MapPost("/loans", () => "lent").RequireAuthorization().WithName("Lend");
            app.MapPost("/returns", () => "back").RequireAuthorization().AuditAdministrators().WithName("TakeBack");
        },
        builder => builder.Services.AddSingleton<IJwksSource>(_tokens).AddSingleton<IAdminActionLog>(_log));

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_change_is_written_down_before_it_is_done_and_its_outcome_after()
    {
        _log.OnBegin = () => Assert.Equal(0, _done);

        using var answer = await SendAsync(HttpMethod.Put, "/admin/shelves/a%20b/books/7?side=left", correlationId: "order-4711");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var (action, outcome) = await TheOnlyOneAsync();
        Assert.Equal((TestTokens.UserId, "anna", "TurnBook"), (action.ActorId, action.ActorName, action.Operation));
        Assert.Equal("PUT /admin/shelves/a%20b/books/7?side=left", action.Request);
        Assert.Equal(["a b", "7"], action.Objects);
        Assert.Equal("order-4711", action.CorrelationId);
        Assert.Equal(new AdminActionOutcome(200, "on its back"), outcome);
    }

    [Fact]
    public async Task What_was_made_is_among_the_objects()
    {
        using var answer = await SendAsync(HttpMethod.Post, "/admin/shelves");

        var (action, outcome) = await TheOnlyOneAsync();
        Assert.Equal(["7"], action.Objects);
        Assert.Equal(201, outcome.Status);
    }

    [Theory]
    [InlineData("DELETE", "/admin/shelves/7", 404, false)]
    [InlineData("POST", "/admin/fall", 500, true)]
    public async Task The_outcome_is_what_the_caller_was_told(string method, string path, int status, bool mayHaveChanged)
    {
        using var answer = await SendAsync(new(method), path);

        Assert.Equal(status, (int)answer.StatusCode);
        var (_, outcome) = await TheOnlyOneAsync();
        Assert.Equal((status, mayHaveChanged), (outcome.Status, outcome.MayHaveChangedSomething));
    }

    [Fact]
    public async Task Reads_customers_and_what_anybody_does_for_themselves_are_not_written_down()
    {
        foreach (var (method, path, role) in ((HttpMethod, string, string)[])
        [
            (HttpMethod.Get, "/admin/shelves/7", "admin"), (HttpMethod.Post, "/admin/shelves", "customer"), (HttpMethod.Post, "/loans", "admin"),
            (HttpMethod.Post, "/returns", "customer"), (HttpMethod.Post, "/returns", "admin"),
        ])
        {
            using var answer = await SendAsync(method, path, role);
        }

        Assert.Equal("TakeBack", (await TheOnlyOneAsync()).Action.Operation);
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_done()
    {
        _log.OnBegin = () => throw new HttpRequestException("auth is away");

        using var answer = await SendAsync(HttpMethod.Put, "/admin/shelves/1/books/2");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal(0, _done);
    }

    private async Task<(AdminAction Action, AdminActionOutcome Outcome)> TheOnlyOneAsync()
    {
        await Eventually.TrueAsync(() => !_log.Ended.IsEmpty, s_limit, () => "nothing was written down");
        Assert.Equal(1, _log.Begun);
        return Assert.Single(_log.Ended);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string role = "admin", string? correlationId = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens.Issue(roles: [role]));
        if (correlationId is not null)
            request.Headers.Add("X-Correlation-Id", correlationId);
        return _service.Client.SendAsync(request);
    }

    private sealed class FakeLog : IAdminActionLog
    {
        public Action OnBegin { get; set; } = () => { };

        public int Begun { get; private set; }

        public ConcurrentQueue<(AdminAction Action, AdminActionOutcome Outcome)> Ended { get; } = [];

        public Task BeginAsync(AdminAction action, HttpContext context, CancellationToken cancellationToken)
        {
            OnBegin();
            Begun++;
            return Task.CompletedTask;
        }

        public Task EndAsync(AdminAction action, AdminActionOutcome outcome, HttpContext context, CancellationToken cancellationToken)
        {
            Ended.Enqueue((action, outcome));
            return Task.CompletedTask;
        }
    }
}
