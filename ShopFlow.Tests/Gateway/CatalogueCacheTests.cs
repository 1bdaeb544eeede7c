using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ShopFlow.Tests.Gateway;

public sealed class CatalogueCacheTests : IAsyncLifetime
{
    private const string List = "/products?limit=20";

    private CachingGateway _gateway = null!;

    private FakeCatalogue Catalogue => _gateway.Catalogue;

    public async ValueTask InitializeAsync() => _gateway = await CachingGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task A_page_is_asked_for_once_and_served_from_memory()
    {
        Assert.Equal(("first", "fwd=miss"), await _gateway.ReadAsync(List));
        Assert.Equal(("first", "hit"), await _gateway.ReadAsync(List));

        Assert.Single(Catalogue.Asked);
    }

    [Fact]
    public async Task After_a_change_was_heard_of_the_old_page_is_never_served()
    {
        await _gateway.ReadAsync(List);
        (Catalogue.Text, Catalogue.Generation) = ("second", 2);
        Assert.Equal(("first", "hit"), await _gateway.ReadAsync(List));

        _gateway.Hear(2);

        Assert.Equal(("second", "fwd=miss"), await _gateway.ReadAsync(List));
        Assert.Equal(("second", "hit"), await _gateway.ReadAsync(List));
    }

    [Fact]
    public async Task A_page_that_a_change_did_not_touch_is_confirmed_without_its_body()
    {
        await _gateway.ReadAsync(List);
        Catalogue.Generation = 2;
        _gateway.Hear(2);

        Assert.Equal(("first", "fwd=miss"), await _gateway.ReadAsync(List));
        Assert.Equal(("first", "hit"), await _gateway.ReadAsync(List));
        Assert.Equal(1, Catalogue.Confirmed);
    }

    [Fact]
    public async Task An_older_signal_is_no_news()
    {
        Catalogue.Generation = 5;
        await _gateway.ReadAsync(List);

        _gateway.Hear(4);

        Assert.Equal("hit", (await _gateway.ReadAsync(List)).Status);
    }

    [Fact]
    public async Task Without_a_signal_a_page_is_compared_after_a_second_and_the_answer_speaks_for_all_pages()
    {
        await _gateway.ReadAsync(List);
        await _gateway.ReadAsync("/categories");
        _gateway.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("fwd=miss", (await _gateway.ReadAsync(List)).Status);
        Assert.Equal("hit", (await _gateway.ReadAsync("/categories")).Status);
    }

    [Fact]
    public async Task An_answer_from_a_newer_catalogue_makes_the_other_pages_old()
    {
        await _gateway.ReadAsync(List);
        (Catalogue.Text, Catalogue.Generation) = ("second", 2);

        Assert.Equal("second", (await _gateway.ReadAsync("/categories")).Text);
        Assert.Equal("second", (await _gateway.ReadAsync(List)).Text);
    }

    [Fact]
    public async Task An_answer_that_is_older_than_the_signal_is_not_kept()
    {
        _gateway.Hear(7);

        Assert.Equal("fwd=miss", (await _gateway.ReadAsync(List)).Status);
        Assert.Equal("fwd=miss", (await _gateway.ReadAsync(List)).Status);
    }

    [Fact]
    public async Task A_catalogue_whose_database_was_put_back_is_believed_after_a_while()
    {
        _gateway.Hear(7);
        _gateway.Time.Advance(ShopFlow.Gateway.Caching.CatalogueGeneration.PutBackAfter);

        await _gateway.ReadAsync(List);

        Assert.Equal("hit", (await _gateway.ReadAsync(List)).Status);
    }

    [Fact]
    public async Task A_hundred_callers_at_once_are_one_question()
    {
        Catalogue.Gate = new();
        var reads = Enumerable.Range(0, 100).Select(_ => _gateway.ReadAsync(List)).ToList();
        await Eventually.TrueAsync(() => !Catalogue.Asked.IsEmpty, TimeSpan.FromSeconds(10), () => "nobody asked");

        Catalogue.Gate.SetResult();

        Assert.All(await Task.WhenAll(reads), read => Assert.Equal("first", read.Text));
        Assert.Single(Catalogue.Asked);
    }

    [Fact]
    public async Task Who_comes_after_a_signal_does_not_get_the_answer_to_a_question_from_before()
    {
        await _gateway.ReadAsync("/categories");
        var before = Catalogue.Gate = new();
        var early = _gateway.ReadAsync(List);
        await Eventually.TrueAsync(() => Catalogue.Asked.Count == 2, TimeSpan.FromSeconds(10), () => "nobody asked");

        (Catalogue.Text, Catalogue.Generation, Catalogue.Gate) = ("second", 2, FakeCatalogue.Open());
        _gateway.Hear(2);

        Assert.Equal("second", (await _gateway.ReadAsync(List)).Text);
        before.SetResult();
        Assert.Equal("first", (await early).Text);
        Assert.Equal(("second", "hit"), await _gateway.ReadAsync(List));
    }

    [Fact]
    public async Task Among_many_changes_and_readers_nobody_gets_a_page_older_than_the_last_signal_before_their_request()
    {
        const int Changes = 200;
        var heard = 0L;
        Catalogue.Text = "0";
        var readers = Enumerable.Range(0, 8).Select(_ => Task.Run(ReadAllAlongAsync)).ToList();

        for (var change = 1; change <= Changes; change++)
        {
            Catalogue.Text = $"{change}";
            Catalogue.Generation = change;
            _gateway.Hear(change);
            Volatile.Write(ref heard, change);
            await _gateway.ReadAsync(List);
        }

        var hits = (await Task.WhenAll(readers)).Sum();
        Assert.True(hits > 0, "nothing came from memory, so nothing was shown");

        async Task<int> ReadAllAlongAsync()
        {
            var fromMemory = 0;
            while (Volatile.Read(ref heard) is var before && before < Changes)
            {
                var (text, status) = await _gateway.ReadAsync(List);
                // On a busy machine the catalogue may be late; a page that stands in says so.
                if (status != "hit; detail=stale")
                    Assert.InRange(long.Parse(text), before, Changes);
                fromMemory += status == "hit" ? 1 : 0;
            }

            return fromMemory;
        }
    }

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status500InternalServerError)]
    public async Task While_the_catalogue_fails_its_page_is_served_for_five_minutes(int status)
    {
        await _gateway.ReadAsync(List);
        Catalogue.Status = status;

        _gateway.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.Equal(("first", "hit; detail=stale"), await _gateway.ReadAsync(List));

        _gateway.Time.Advance(TimeSpan.FromTicks(1));
        using var late = await _gateway.Client.GetAsync(List);
        await late.ProblemAsync(HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task While_the_catalogue_hangs_nobody_waits_long_for_a_page_that_is_kept()
    {
        await _gateway.ReadAsync(List);
        _gateway.Time.Advance(TimeSpan.FromMinutes(1));
        Catalogue.Gate = new();

        Assert.Equal(("first", "hit; detail=stale"), await _gateway.ReadAsync(List).WaitAsync(TimeSpan.FromSeconds(5)));

        Catalogue.Gate.SetResult();
        _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(
            async () => (await _gateway.ReadAsync(List)).Status == "hit", TimeSpan.FromSeconds(10), () => "the catalogue's answer is not used");
    }

    [Fact]
    public async Task Once_the_catalogue_is_known_to_be_away_nobody_waits_for_it()
    {
        await using var gateway = await CachingGateway.StartAsync(("Gateway:Cache:Patience", "00:00:10"));
        await gateway.ReadAsync(List);
        gateway.Catalogue.Status = StatusCodes.Status503ServiceUnavailable;
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await gateway.ReadAsync(List);

        gateway.Catalogue.Gate = new();
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("hit; detail=stale", (await gateway.ReadAsync(List).WaitAsync(TimeSpan.FromSeconds(5))).Status);
    }

    [Fact]
    public async Task A_product_that_is_gone_is_not_kept_for_bad_times()
    {
        var path = $"/products/{Guid.NewGuid()}";
        await _gateway.ReadAsync(path);

        Catalogue.Status = StatusCodes.Status404NotFound;
        _gateway.Hear(2);
        await (await _gateway.Client.GetAsync(path)).ProblemAsync(HttpStatusCode.NotFound);

        Catalogue.Status = StatusCodes.Status503ServiceUnavailable;
        Assert.False((await _gateway.Client.GetAsync(path)).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status400BadRequest)]
    public async Task A_refusal_is_passed_on_and_not_kept(int status)
    {
        Catalogue.Status = status;
        using var refused = await _gateway.Client.GetAsync(List);
        Assert.Equal(status, (int)refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);

        Catalogue.Status = StatusCodes.Status200OK;
        Assert.Equal("first", (await _gateway.ReadAsync(List)).Text);
    }

    [Theory]
    [InlineData("public", "Set-Cookie: a=b")]
    [InlineData("public", "Vary: Cookie")]
    [InlineData("private", null)]
    [InlineData("no-store", null)]
    public async Task What_is_not_for_everybody_is_forwarded_for_each_caller(string cacheControl, string? header)
    {
        (Catalogue.CacheControl, Catalogue.ExtraHeader) = (cacheControl, header);

        for (var i = 0; i < 2; i++)
        {
            using var response = await _gateway.Client.GetAsync(List);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.False(response.Headers.Contains("Cache-Status"));
        }

        Assert.Equal(0, _gateway.Store.Count);
    }

    [Fact]
    public async Task A_page_of_more_than_a_megabyte_is_forwarded_and_not_kept()
    {
        Catalogue.Padding = 1024 * 1024;
        using var response = await _gateway.Client.GetAsync(List);

        Assert.Equal("first", (await response.JsonAsync()).GetProperty("text").GetString());
        Assert.False(response.Headers.Contains("Cache-Status"));
        Assert.Equal(0, _gateway.Store.Count);
    }

    [Fact]
    public async Task The_catalogue_is_asked_without_anything_of_the_callers()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, List);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
        request.Headers.Add("Cookie", "session=secret");
        request.Headers.Add("X-Anything", "secret");

        using var response = await _gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("secret", JsonSerializer.Serialize(Catalogue.Asked.Single().Headers.Select(header => header.Value.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_made_through_the_gateway_is_seen_by_the_next_read()
    {
        await _gateway.ReadAsync(List);
        (Catalogue.Text, Catalogue.Generation) = ("second", 2);

        using var changed = await _gateway.Client.PostAsync("/products", null);

        Assert.Equal("second", (await _gateway.ReadAsync(List)).Text);
    }

    [Fact]
    public async Task A_change_is_seen_by_the_next_read_as_soon_as_its_answer_begins()
    {
        await _gateway.ReadAsync(List);
        (Catalogue.Text, Catalogue.Generation, Catalogue.EndGate) = ("second", 2, new());
        using var change = new HttpRequestMessage(HttpMethod.Post, List);
        using var begun = await _gateway.Client.SendAsync(change, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TimeSpan.FromSeconds(10));
        var end = Catalogue.EndGate;
        Catalogue.EndGate = FakeCatalogue.Open();

        Assert.Equal("second", (await _gateway.ReadAsync(List)).Text);

        end.SetResult();
    }

    [Fact]
    public async Task A_change_is_seen_by_the_next_read_although_an_older_signal_comes_late()
    {
        await _gateway.ReadAsync(List);
        (Catalogue.Text, Catalogue.Generation) = ("second", 2);
        using var changed = await _gateway.Client.PostAsync(List, null);

        _gateway.Hear(1);

        Assert.Equal("second", (await _gateway.ReadAsync(List)).Text);
        _gateway.Hear(2);
        Assert.Equal("hit", (await _gateway.ReadAsync(List)).Status);
    }

    [Fact]
    public async Task A_change_whose_end_nobody_knows_is_looked_for_by_the_next_read()
    {
        await _gateway.ReadAsync(List);
        Catalogue.Status = StatusCodes.Status500InternalServerError;
        using var failed = await _gateway.Client.PostAsync(List, null);
        (Catalogue.Text, Catalogue.Generation, Catalogue.Status) = ("second", 2, StatusCodes.Status200OK);

        Assert.Equal("second", (await _gateway.ReadAsync(List)).Text);
    }
}
