namespace ShopFlow.Tests.Catalog;

public sealed class DocumentTests(CatalogUnderTest catalog) : IClassFixture<CatalogUnderTest>
{
    [Fact]
    public async Task The_document_spells_the_parameters_of_a_list_as_they_are_sent()
    {
        var list = (await catalog.GetAsync("/openapi/v1.json")).GetProperty("paths").GetProperty("/products").GetProperty("get");

        var names = list.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString());
        Assert.Equal(["category", "currency", "limit", "maxPrice", "minPrice", "next", "sort"], names.Order());
    }
}
