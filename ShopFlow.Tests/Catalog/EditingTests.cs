using System.Net;

namespace ShopFlow.Tests.Catalog;

public sealed class EditingTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    [Fact]
    public async Task A_new_product_is_for_sale_at_once()
    {
        var name = $"Copper Kettle {Guid.NewGuid():N}";

        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle(name));

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var product = await catalog.GetAsync(created.Headers.Location!.ToString());
        Assert.Equal(name, product.GetProperty("name").GetString());
        Assert.Contains(await catalog.ProductsAsync(), listed => listed.GetProperty("name").GetString() == name);
    }

    [Fact]
    public async Task A_product_is_found_by_a_part_of_its_name_or_by_a_SKU()
    {
        var (name, sku) = ($"Samovar {Guid.NewGuid():N}", ProductForms.NewSku());
        await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle(name, 10m, sku));

        foreach (var query in (string[])[name[4..20].ToUpperInvariant(), sku])
        {
            var page = await (await catalog.SendAsync(HttpMethod.Get, $"/admin/products?query={Uri.EscapeDataString(query)}")).JsonAsync();
            Assert.Equal(name, Assert.Single(page.GetProperty("products").EnumerateArray()).GetProperty("name").GetString());
        }

        Assert.Equal(0, (await (await catalog.SendAsync(HttpMethod.Get, $"/admin/products?query={sku[..^1]}")).JsonAsync()).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Of_two_editors_the_second_is_told_that_the_first_was_faster()
    {
        var path = await CreateAsync();
        var eTag = (await catalog.Client.GetAsync(path)).Headers.ETag!.ToString();

        var first = await catalog.SendAsync(HttpMethod.Put, path, ProductForms.Kettle("First"), eTag);
        var second = await catalog.SendAsync(HttpMethod.Put, path, ProductForms.Kettle("Second"), eTag);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("precondition-failed", await second.ProblemAsync(HttpStatusCode.PreconditionFailed));
        Assert.Equal("First", (await catalog.GetAsync(path)).GetProperty("name").GetString());

        var third = await catalog.SendAsync(HttpMethod.Put, path, ProductForms.Kettle("Third"), first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task An_edit_replaces_variants_and_prices()
    {
        var path = await CreateAsync();
        var eTag = (await catalog.Client.GetAsync(path)).Headers.ETag!.ToString();
        var (kept, added) = (ProductForms.NewSku(), ProductForms.NewSku());

        var once = await catalog.SendAsync(HttpMethod.Put, path, ProductForms.Kettle("Kettle", 10m, kept), eTag);
        await catalog.SendAsync(HttpMethod.Put, path, ProductForms.Kettle("Kettle", 12m, kept, added), once.Headers.ETag!.ToString());

        var variants = (await catalog.GetAsync(path)).GetProperty("variants").EnumerateArray().ToList();
        Assert.Equal([kept, added], variants.Select(variant => variant.GetProperty("sku").GetString()));
        Assert.All(variants, variant => Assert.Equal(12m, variant.GetProperty("price").GetDecimal()));
    }

    [Fact]
    public async Task An_archived_product_is_neither_listed_nor_priced_and_keeps_its_picture()
    {
        var sku = ProductForms.NewSku();
        var path = await CreateAsync(sku);
        var eTag = (await catalog.Client.GetAsync(path)).Headers.ETag!.ToString();

        var archived = await catalog.SendAsync(HttpMethod.Post, $"{path}/archive", eTag: eTag);
        Assert.Equal(HttpStatusCode.OK, archived.StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await catalog.Client.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await catalog.Client.GetAsync($"/images/{path.Split('/')[^1]}.svg")).StatusCode);
        var prices = await catalog.SendAsync(HttpMethod.Post, "/internal/prices", new { skus = new[] { sku }, currency = "USD" });
        Assert.Equal(0, (await prices.JsonAsync()).GetProperty("prices").GetArrayLength());

        await catalog.SendAsync(HttpMethod.Post, $"{path}/restore", eTag: archived.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await catalog.Client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task An_admin_reads_an_archived_product_with_the_version_that_brings_it_back()
    {
        var path = await CreateAsync();
        var eTag = (await catalog.Client.GetAsync(path)).Headers.ETag!.ToString();
        await catalog.SendAsync(HttpMethod.Post, $"{path}/archive", eTag: eTag);

        var read = await catalog.SendAsync(HttpMethod.Get, $"/admin{path}");
        var product = await read.JsonAsync();
        Assert.Equal("Archived", product.GetProperty("status").GetString());
        Assert.Equal(5, product.GetProperty("variants")[0].GetProperty("prices").GetArrayLength());

        var restored = await catalog.SendAsync(HttpMethod.Post, $"{path}/restore", eTag: read.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, restored.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await catalog.SendAsync(HttpMethod.Get, $"/admin{path}", role: "customer")).StatusCode);
    }

    [Fact]
    public async Task An_admin_pages_through_all_products_of_a_status()
    {
        for (var i = 0; i < 3; i++)
        {
            var path = await CreateAsync();
            await catalog.SendAsync(HttpMethod.Post, $"{path}/archive", eTag: (await catalog.Client.GetAsync(path)).Headers.ETag!.ToString());
        }

        var seen = new List<string>();
        var (next, total) = ("", 0);
        while (next is not null)
        {
            var page = await (await catalog.SendAsync(HttpMethod.Get, $"/admin/products?status=Archived&limit=2{next}")).JsonAsync();
            seen.AddRange(page.GetProperty("products").EnumerateArray().Select(product => product.GetProperty("id").GetString()!));
            total = page.GetProperty("total").GetInt32();
            next = page.GetProperty("next").GetString() is { } id ? $"&next={id}" : null;
        }

        Assert.True(total >= 3);
        Assert.Equal(total, seen.Distinct().Count());
        Assert.Equal(["limit", "query"], await (await catalog.SendAsync(HttpMethod.Get, "/admin/products?limit=0&query=")).WrongFieldsAsync());
        Assert.Equal(["status"], await (await catalog.SendAsync(HttpMethod.Get, "/admin/products?status=7")).WrongFieldsAsync());
        Assert.Equal(["next"], await (await catalog.SendAsync(HttpMethod.Get, "/admin/products?next=x")).WrongFieldsAsync());
    }

    [Fact]
    public async Task An_edit_without_a_version_is_refused() =>
        Assert.Equal(
            "if-match-required",
            await (await catalog.SendAsync(HttpMethod.Put, await CreateAsync(), ProductForms.Kettle("Kettle"))).ProblemAsync(HttpStatusCode.PreconditionRequired));

    [Fact]
    public async Task A_SKU_belongs_to_one_product()
    {
        var sku = ProductForms.NewSku();
        await CreateAsync(sku);

        var response = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Another", 10m, sku));

        Assert.Equal("sku-taken", await response.ProblemAsync(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Only_an_admin_edits()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Kettle"), role: "customer")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await catalog.Client.PostAsync("/products", null)).StatusCode);
    }

    [Fact]
    public async Task Every_wrong_field_is_named()
    {
        var form = new
        {
            slug = "Not A Slug",
            name = "",
            brand = "a\u0000b",
            description = new string('x', 4001),
            category = "no-such-category",
            taxClass = "free",
            options = new[] { "Size", "size" },
            variants = new object?[]
            {
                null,
                new { sku = "lower", weight = -1, options = new { Colour = "Red" }, prices = new[] { new { amount = 1.005m, currency = "USD" } } },
            },
        };

        var fields = await (await catalog.SendAsync(HttpMethod.Post, "/products", form)).WrongFieldsAsync();

        Assert.Equal(
            [
                "brand", "category", "description", "name", "options", "slug", "taxClass", "variants[0]", "variants[1].options",
                "variants[1].prices", "variants[1].prices[0].amount", "variants[1].sku", "variants[1].weight",
            ],
            fields.Order(StringComparer.Ordinal));
    }

    private async Task<string> CreateAsync(params string[] skus)
    {
        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Kettle", 10m, skus));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return created.Headers.Location!.ToString();
    }
}
