using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class TracingTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_call_through_two_services_is_one_trace()
    {
        using var spans = new RecordedSpans();
        await using var catalog = await TestService.StartAsync(app => app.MapGet("/products/{id:int}", (int id) => id));
        await using var orders = await TestService.StartAsync(
            app => app.MapGet("/quote", (IHttpClientFactory clients) => clients.CreateClient().GetStringAsync("http://catalog/products/7")),
            settings: new() { ["services:catalog:http:0"] = catalog.Address.ToString() });

        await GetAsync(orders, "/quote", spans.TraceId);
        await spans.WaitForAsync(3);

        var quote = spans.Single("GET /quote");
        var call = spans.Single(span => span.Kind == ActivityKind.Client);
        var products = spans.Single("GET /products/{id:int}");

        Assert.Equal(quote.SpanId, call.ParentSpanId);
        Assert.Equal(call.SpanId, products.ParentSpanId);
        Assert.Equal("/products/{id:int}", products.GetTagItem("http.route"));
        Assert.Equal(200, products.GetTagItem("http.response.status_code"));
        Assert.Equal("GET", products.GetTagItem("http.request.method"));
        Assert.Equal(ActivityStatusCode.Unset, products.Status);
    }

    [Fact]
    public async Task A_query_is_in_the_trace_of_its_request()
    {
        using var spans = new RecordedSpans();
        await using var service = await TestService.StartAsync(
            app => app.MapGet("/answer", (ShopDbContext db) => db.Database.SqlQuery<int>($"select 42 as \"Value\"").SingleAsync()),
            builder => builder.AddNpgsqlDbContext<ShopDbContext>("shopdb"),
            new() { ["ConnectionStrings:shopdb"] = await postgres.CreateDatabaseAsync() });

        await GetAsync(service, "/answer", spans.TraceId);
        await spans.WaitForAsync(3);

        var request = spans.Single("GET /answer");
        var queries = spans.All.Where(span => span.Source.Name == "Npgsql").ToArray();

        Assert.NotEmpty(queries);
        Assert.All(queries, query => Assert.Equal((request.SpanId, true), (query.ParentSpanId, query.Recorded)));
    }

    [Fact]
    public async Task A_failure_is_marked_on_its_span()
    {
        using var spans = new RecordedSpans();
        await using var service = await TestService.StartAsync(app => app.MapGet("/boom", string () => throw new InvalidOperationException("no")));

        await GetAsync(service, "/boom", spans.TraceId);
        await spans.WaitForAsync(1);

        var span = spans.Single("GET /boom");
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
        Assert.Equal(500, span.GetTagItem("http.response.status_code"));
        Assert.Contains(span.Events, e => e.Name == "exception");
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    public async Task Probes_and_scrapes_are_not_recorded(string path)
    {
        using var spans = new RecordedSpans();
        await using var service = await TestService.StartAsync();

        await GetAsync(service, path, spans.TraceId);
        await spans.WaitForAsync(1);

        Assert.All(spans.All, span => Assert.False(span.Recorded));
    }

    private static async Task GetAsync(TestService service, string path, ActivityTraceId trace)
    {
        // The handler of a plain HttpClient would put its own context in place of this one.
        using var handler = new SocketsHttpHandler { ActivityHeadersPropagator = null };
        using var client = new HttpClient(handler) { BaseAddress = service.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");

        using var response = await client.SendAsync(request);
    }

    private sealed class ShopDbContext(DbContextOptions<ShopDbContext> options) : DbContext(options);

    /// <summary>The spans of one trace, as they end.</summary>
    private sealed class RecordedSpans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _ended = [];
        private readonly ActivityListener _listener;

        public RecordedSpans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "System.Net.Http" or "Npgsql",
                ActivityStopped = span =>
                {
                    if (span.TraceId == TraceId)
                        _ended.Enqueue(span);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ActivityTraceId TraceId { get; } = ActivityTraceId.CreateRandom();

        public IEnumerable<Activity> All => _ended;

        public Activity Single(string name) => Single(span => span.DisplayName == name);

        public Activity Single(Func<Activity, bool> which) => Assert.Single(_ended, span => which(span));

        /// <summary>A server span ends a moment after its response.</summary>
        public Task WaitForAsync(int count)
            => Eventually.TrueAsync(() => _ended.Count >= count, TimeSpan.FromSeconds(5), () => $"{count} spans; there are {_ended.Count}");

        public void Dispose() => _listener.Dispose();
    }
}
