using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Catalog.Caching;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Catalog;

public sealed class BulkTests(CatalogUnderTest catalog, PostgresServer postgres) : IClassFixture<CatalogUnderTest>
{
    private const string Header = "slug,name,brand,description,category,taxClass,option1,value1,sku,weight,USD,EUR,GBP,INR,JPY";

    private static readonly string Odd = string.Join('\n',
        Header,
        "\"odd-1\",\"'=1+1, \"\"quoted\"\"\",\"'@brand\",\"''tis ünïcode 🫖\",cookware,reduced,Size,'-S,ODD-1-S,10,1.50,1.5,1.00,100,15",
        "\"odd-1\",\"'=1+1, \"\"quoted\"\"\",\"'@brand\",\"''tis ünïcode 🫖\",cookware,reduced,Size,L,ODD-1-L,20,2.50,2.5,2.00,200,25",
        "odd-2,No options,Brand,Plain,cookware,zero,,,ODD-2,0,1,1,1,1,1",
        "");

    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("jsonl", "application/x-ndjson")]
    public async Task What_was_exported_is_imported_the_same_into_this_catalogue_and_into_another(string format, string type)
    {
        await AssertImportedAsync(catalog, Odd, "text/csv");
        var created = await catalog.SendAsync(HttpMethod.Post, "/products", ProductForms.Kettle("Archived"));
        await catalog.SendAsync(HttpMethod.Post, $"{created.Headers.Location}/archive", eTag: created.Headers.ETag!.ToString());
        var file = await ExportAsync(catalog, format);

        var again = await AssertImportedAsync(catalog, file, type);
        Assert.Equal(again.GetProperty("products").GetInt32(), again.GetProperty("unchanged").GetInt32());

        var other = new CatalogUnderTest(postgres);
        await using var _ = other;
        await other.InitializeAsync();
        await AssertImportedAsync(other, file, type);
        Assert.Equal(file, await ExportAsync(other, format));
    }

    [Fact]
    public async Task An_import_creates_replaces_leaves_alone_and_shows_at_once()
    {
        var slug = $"bulk-{Guid.NewGuid():N}";
        var sku = ProductForms.NewSku();
        var first = await AssertImportedAsync(catalog, File(Row(slug, "Before", sku, "10.00"), Row($"{slug}-same", "Same", $"{sku}-2", "3.00")), "text/csv");
        Assert.Equal((2, 0, 0), Figures(first));

        var second = await AssertImportedAsync(catalog, File(Row(slug, "After", sku, "12.00"), Row($"{slug}-same", "Same", $"{sku}-2", "3.00")), "text/csv");

        Assert.Equal((0, 1, 1), Figures(second));
        var listed = (await catalog.ProductsAsync("sort=newest&limit=100")).Single(product => Sku(product) == sku);
        Assert.Equal("After", listed.GetProperty("name").GetString());
        Assert.Equal(12m, listed.GetProperty("price").GetDecimal());
    }

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_does_nothing()
    {
        var newest = catalog.Factory.Services.GetRequiredService<CatalogGeneration>();
        await Eventually.TrueAsync(() => newest.Current.Number > 0, TimeSpan.FromSeconds(10), () => "no generation was heard of");
        var generation = newest.Current.Products;
        var (slug, sku) = ($"dry-{Guid.NewGuid():N}", ProductForms.NewSku());

        var result = await (await ImportAsync(catalog, File(Row(slug, "Dry", sku, "1.00")), "text/csv", "?dryRun=true")).JsonAsync();

        Assert.True(result.GetProperty("dryRun").GetBoolean());
        Assert.Equal((1, 0, 0), Figures(result));
        Assert.DoesNotContain(sku, (await catalog.ProductsAsync("sort=newest&limit=100")).Select(Sku));
        Assert.Equal(generation, newest.Current.Products);
    }

    [Fact]
    public async Task Every_bad_row_of_a_CSV_file_is_named_and_nothing_is_imported()
    {
        var taken = (await catalog.ProductsAsync("limit=1"))[0].GetProperty("variants")[0].GetProperty("sku").GetString()!;
        var (good, sku) = ($"good-{Guid.NewGuid():N}", ProductForms.NewSku());
        var file = File(
            Row(good, "Good", sku, "1.00"),
            Row("Bad Slug", "", "lower", "free"),
            "too,few,fields",
            Row("unknown-category", "Name", "UC-1", "1.00", category: "no-such-category"),
            Row("taken-sku", "Name", taken, "1.00"),
            Row("stray", "mark \"inside", "ST-1", "1.00"),
            Row($"{good}-2", "Same SKU", sku, "1.00"),
            Row(good, "Same slug", "SS-1", "1.00"),
            Row("two-names", "One", "TN-1", "1.00"),
            Row("two-names", "Other", "TN-2", "1.00", value: "L"));

        var refused = await ImportAsync(catalog, file, "text/csv");

        Assert.Equal(
            [
                "3 USD", "3 name", "3 sku", "3 slug", "4 ", "5 category", "6 sku", "7 ", "8 sku", "9 slug", "11 name",
            ],
            await BadRowsAsync(refused));
        Assert.Equal("import-refused", await refused.ProblemAsync(HttpStatusCode.BadRequest));
        Assert.DoesNotContain(sku, (await catalog.ProductsAsync("sort=newest&limit=100")).Select(Sku));
    }

    [Fact]
    public async Task Every_bad_line_of_a_JSON_Lines_file_is_named()
    {
        var file = """
            {"slug":"j-1","name":"N","brand":"B","description":"D","category":"cookware","taxClass":"standard","variants":[{"sku":"J-1","weight":"heavy"}]}
            not json

            {"slug":"j-2","name":null,"brand":"B","description":"a\u0000b","category":"cookware","taxClass":"none","status":"Gone","variants":[]}
            null
            [1]
            {"slug":"j-3","name":"N","brand":"B","description":"D","category":"cookware","taxClass":"zero","options":[null],"variants":[null]}
            """;

        var refused = await ImportAsync(catalog, file, "application/x-ndjson");

        Assert.Equal(
            [
                "1 variants[0].weight", "2 ", "4 description", "4 name", "4 status", "4 taxClass", "4 variants", "5 ", "6 ", "7 options[0]", "7 variants[0]",
            ],
            await BadRowsAsync(refused));
    }

    [Theory]
    [InlineData("", "import-empty")]
    [InlineData("slug,name\n", "import-refused")]
    [InlineData("slug,slug,unknown\nx,y,z\n", "import-refused")]
    [InlineData("\"never closed", "import-refused")]
    [InlineData("\uFEFF\"slug\"\n", "import-refused")]
    public async Task A_file_that_is_none_is_refused(string file, string problem) =>
        Assert.Equal(problem, await (await ImportAsync(catalog, file, "text/csv")).ProblemAsync(HttpStatusCode.BadRequest));

    [Fact]
    public async Task Bytes_that_are_no_text_are_named_by_their_line()
    {
        byte[] file = [.. Encoding.UTF8.GetBytes(File(Row("utf-8", "Name", "U-1", "1.00"))), 0xC3, 0x28, (byte)'\n'];
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new("text/csv");

        Assert.Equal(["3 "], await BadRowsAsync(await catalog.SendContentAsync(HttpMethod.Post, "/admin/products/import", content)));
    }

    [Fact]
    public async Task A_record_without_end_costs_no_memory_and_the_next_is_read()
    {
        var file = $"{Header}\n\"{new string('x', 300_000)}\n{Row("Bad Slug", "Name", "R-1", "1.00")}\n";

        Assert.Equal(["2 ", "3 slug"], await BadRowsAsync(await ImportAsync(catalog, file, "text/csv")));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/csv; charset=latin1")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused(string? type) =>
        Assert.Equal("unsupported-media-type", await (await ImportAsync(catalog, Odd, type)).ProblemAsync(HttpStatusCode.UnsupportedMediaType));

    [Fact]
    public async Task Only_an_admin_imports_and_exports()
    {
        var import = await catalog.SendContentAsync(HttpMethod.Post, "/admin/products/import", new StringContent(Odd, Encoding.UTF8, "text/csv"), role: "customer");
        var export = await catalog.SendAsync(HttpMethod.Get, "/admin/products/export?format=csv", role: "customer");

        Assert.Equal(HttpStatusCode.Forbidden, import.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, export.StatusCode);
        Assert.Equal(["format"], await (await catalog.SendAsync(HttpMethod.Get, "/admin/products/export?format=xml")).WrongFieldsAsync());
    }

    private static string File(params string[] rows) => $"{Header}\n{string.Join('\n', rows)}\n";

    private static string Row(string slug, string name, string sku, string dollars, string category = "cookware", string value = "M") =>
        $"{slug},{name},Brand,Text,{category},standard,Size,{value},{sku},10,{dollars},1,1,1,1";

    private static string Sku(JsonElement product) => product.GetProperty("variants")[0].GetProperty("sku").GetString()!;

    private static (int Created, int Updated, int Unchanged) Figures(JsonElement result) =>
        (result.GetProperty("created").GetInt32(), result.GetProperty("updated").GetInt32(), result.GetProperty("unchanged").GetInt32());

    private static async Task<List<string>> BadRowsAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        return [.. problem.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("line")} {error.GetProperty("field")}")];
    }

    private static async Task<JsonElement> AssertImportedAsync(CatalogUnderTest catalog, string file, string type)
    {
        var response = await ImportAsync(catalog, file, type);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private static Task<HttpResponseMessage> ImportAsync(CatalogUnderTest catalog, string file, string? type, string query = "")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(file));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return catalog.SendContentAsync(HttpMethod.Post, $"/admin/products/import{query}", content);
    }

    private static async Task<string> ExportAsync(CatalogUnderTest catalog, string format)
    {
        var response = await catalog.SendAsync(HttpMethod.Get, $"/admin/products/export?format={format}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
