using System.Net;
using System.Text.Json;

namespace ShopFlow.Tests.Catalog;

public sealed class CategoryTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    [Fact]
    public async Task A_category_includes_products_at_any_depth_and_takes_them_along_when_it_moves()
    {
        var top = await CreateAsync();
        var middle = await CreateAsync(top);
        var low = await CreateAsync(middle);
        await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Deep", category: low));

        Assert.Equal(1, await TotalAsync(top));

        var moved = await ChangeAsync(middle, new { name = "Moved", parent = (string?)null });
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        Assert.Equal(0, await TotalAsync(top));
        Assert.Equal(1, await TotalAsync(middle));
        Assert.Equal("Moved", (await FindAsync(middle))!.Value.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_category_cannot_come_below_itself()
    {
        var top = await CreateAsync();
        var below = await CreateAsync(await CreateAsync(top));

        Assert.Equal("category-cycle", await (await ChangeAsync(top, new { name = "Top", parent = below })).ProblemAsync(HttpStatusCode.Conflict));
        Assert.Equal("category-cycle", await (await ChangeAsync(top, new { name = "Top", parent = top })).ProblemAsync(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Two_moves_at_once_never_make_a_cycle()
    {
        for (var round = 0; round < 10; round++)
        {
            var (one, other) = (await CreateAsync(), await CreateAsync());

            var moves = await Task.WhenAll(ChangeAsync(one, new { name = "One", parent = other }), ChangeAsync(other, new { name = "Other", parent = one }));

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], moves.Select(move => move.StatusCode).Order());
        }
    }

    [Fact]
    public async Task Only_an_empty_category_can_be_deleted()
    {
        var top = await CreateAsync();
        var below = await CreateAsync(top);
        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Kettle", category: below));
        await catalog.SendAsync(HttpMethod.Post, $"{created.Headers.Location}/archive", eTag: created.Headers.ETag!.ToString());

        Assert.Equal("category-not-empty", await (await DeleteAsync(top)).ProblemAsync(HttpStatusCode.Conflict));
        Assert.Equal("category-not-empty", await (await DeleteAsync(below)).ProblemAsync(HttpStatusCode.Conflict));

        var empty = await CreateAsync(top);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(empty)).StatusCode);
        Assert.Null(await FindAsync(empty));
        Assert.Equal("not-found", await (await DeleteAsync(empty)).ProblemAsync(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task The_tree_has_a_bottom()
    {
        string? parent = null;
        for (var level = 1; level <= 6; level++)
            parent = await CreateAsync(parent);

        var response = await catalog.SendAsync(HttpMethod.Post, "/categories", new { slug = NewSlug(), name = "Too deep", parent });
        Assert.Equal("category-too-deep", await response.ProblemAsync(HttpStatusCode.Conflict));
    }

    [Theory]
    [InlineData("""{"slug":"Not A Slug","name":"","parent":"no-such","position":-1}""", "name,parent,position,slug")]
    [InlineData("""{"slug":"a\u0000b","name":"a\u0000b"}""", "name,slug")]
    [InlineData("""{"name":"No slug"}""", "slug")]
    [InlineData("""{"slug":"ok","name":7}""", "name")]
    public async Task Every_wrong_field_is_named(string body, string fields)
    {
        var response = await catalog.SendAsync(HttpMethod.Post, "/categories", JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(fields.Split(','), await response.WrongFieldsAsync());
    }

    [Fact]
    public async Task A_slug_is_taken_once_and_never_changed()
    {
        var slug = await CreateAsync();

        var twin = await catalog.SendAsync(HttpMethod.Post, "/categories", new { slug, name = "Twin" });
        Assert.Equal("slug-taken", await twin.ProblemAsync(HttpStatusCode.Conflict));
        Assert.Equal(["slug"], await (await ChangeAsync(slug, new { slug = NewSlug(), name = "Other" })).WrongFieldsAsync());
    }

    [Fact]
    public async Task Only_an_admin_edits()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await catalog.SendAsync(HttpMethod.Post, "/categories", new { slug = NewSlug(), name = "No" }, role: "customer")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await catalog.Client.DeleteAsync("/categories/clothing")).StatusCode);
    }

    private static string NewSlug() => $"c-{Guid.NewGuid():N}";

    private async Task<string> CreateAsync(string? parent = null)
    {
        var slug = NewSlug();
        var created = await catalog.SendAsync(HttpMethod.Post, "/categories", new { slug, name = "Category", parent });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return slug;
    }

    private Task<HttpResponseMessage> ChangeAsync(string slug, object form) => catalog.SendAsync(HttpMethod.Put, $"/categories/{slug}", form);

    private Task<HttpResponseMessage> DeleteAsync(string slug) => catalog.SendAsync(HttpMethod.Delete, $"/categories/{slug}");

    private async Task<int> TotalAsync(string category) => (await catalog.GetAsync($"/products?category={category}")).GetProperty("total").GetInt32();

    private async Task<JsonElement?> FindAsync(string slug)
    {
        var waiting = new Queue<JsonElement>((await catalog.GetAsync("/categories")).GetProperty("categories").EnumerateArray());
        while (waiting.TryDequeue(out var category))
        {
            if (category.GetProperty("slug").GetString() == slug)
                return category;

            foreach (var child in category.GetProperty("children").EnumerateArray())
                waiting.Enqueue(child);
        }

        return null;
    }
}
