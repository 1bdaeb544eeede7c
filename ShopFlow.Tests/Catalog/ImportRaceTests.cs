using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Catalog.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Tests.Catalog;

public sealed class ImportRaceTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    private const string Header = "slug,name,brand,description,category,taxClass,sku,weight,USD,EUR,GBP,INR,JPY\n";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task While_a_file_arrives_another_is_refused_and_shoppers_and_editors_do_not_wait()
    {
        using var slow = new HeldFile(Header + Row("held-1"), Row("held-2"));
        var first = catalog.SendContentAsync(HttpMethod.Post, "/admin/products/import", slow);
        await Eventually.TrueAsync(ImportIsRunningAsync, Limit, () => "the import does not begin");

        Assert.Equal("import-running", await (await ImportAsync(Row("other"))).ProblemAsync(HttpStatusCode.Conflict));
        var edited = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Meanwhile")).WaitAsync(Limit);
        Assert.Equal(HttpStatusCode.Created, edited.StatusCode);
        Assert.Contains(await NamesAsync(), name => name == "Meanwhile");

        slow.Release();
        Assert.Equal(HttpStatusCode.OK, (await first.WaitAsync(Limit)).StatusCode);
        Assert.Contains(await NamesAsync(), name => name == "held-2");
        Assert.DoesNotContain(await NamesAsync(), name => name == "other");
    }

    [Fact]
    public async Task A_file_that_breaks_off_leaves_nothing()
    {
        using var broken = new HeldFile(Header + Row("broken-1"), Row("broken-2"));
        using var abort = new CancellationTokenSource();
        var import = catalog.SendContentAsync(HttpMethod.Post, "/admin/products/import", broken, cancellationToken: abort.Token);
        await Eventually.TrueAsync(ImportIsRunningAsync, Limit, () => "the import does not begin");

        await abort.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => import);

        // Its lock is free again, and nothing of it shows.
        await Eventually.TrueAsync(async () => (await ImportAsync(Row("next"))).StatusCode == HttpStatusCode.OK, Limit, () => "the broken import holds on");
        Assert.DoesNotContain(await NamesAsync(), name => name.StartsWith("broken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Edits_during_imports_end_as_if_one_came_after_the_other()
    {
        await ImportAsync(Row("racing"));
        var path = "";
        await Eventually.TrueAsync(
            async () =>
            {
                var found = (await catalog.ProductsAsync("sort=newest&limit=100")).Find(product => product.GetProperty("name").GetString() == "racing");
                path = found.ValueKind == default ? "" : $"/products/{found.GetProperty("id").GetString()}";
                return path is not "";
            },
            Limit,
            () => "the product is not listed");

        for (var round = 0; round < 10; round++)
        {
            var eTag = (await catalog.Client.GetAsync(path)).Headers.ETag!.ToString();
            var import = ImportAsync(Row("racing", weight: 100 + round));
            var archive = catalog.SendAsync(HttpMethod.Post, $"{path}/archive", eTag: eTag);

            Assert.Contains((await import).StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict });
            Assert.Contains((await archive).StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.PreconditionFailed });
            Assert.Equal(HttpStatusCode.OK, (await ImportAsync(Row("racing", weight: 200 + round))).StatusCode);
        }
    }

    private static string Row(string slug, int weight = 5) => $"{slug},{slug},Brand,Text,cookware,standard,{slug.ToUpperInvariant()},{weight},1,1,1,1,1\n";

    private async Task<List<string>> NamesAsync() =>
        [.. (await catalog.ProductsAsync("sort=newest&limit=100")).Select(product => product.GetProperty("name").GetString()!)];

    private async Task<bool> ImportIsRunningAsync()
    {
        await using var scope = catalog.Factory.Services.CreateAsyncScope();
        var locks = await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().QueryAsync(
            "SELECT 1 FROM pg_locks JOIN pg_database d ON d.oid = database WHERE locktype = 'advisory' AND datname = current_database()",
            [],
            row => row.GetInt32(0),
            CancellationToken.None);
        return locks.Count > 0;
    }

    private Task<HttpResponseMessage> ImportAsync(string rows) =>
        catalog.SendContentAsync(HttpMethod.Post, "/admin/products/import", new StringContent(Header + rows, Encoding.UTF8, "text/csv"));

    /// <summary>Sends its second half when it is told to.</summary>
    private sealed class HeldFile : HttpContent
    {
        private readonly string _first;
        private readonly string _second;
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldFile(string first, string second)
        {
            (_first, _second) = (first, second);
            Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        }

        public void Release() => _release.TrySetResult();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(_first), cancellationToken);
            await stream.FlushAsync(cancellationToken);

            await _release.Task.WaitAsync(cancellationToken);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(_second), cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
