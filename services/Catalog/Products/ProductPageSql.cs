using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace ShopFlow.Catalog.Products;

/// <summary>
/// The statements behind a page of the product list. A page is read along an index in the order of its sort, from the place where
/// the page before ended; a category is read as its branch of the tree, the first rows of each category in it, merged.
/// </summary>
/// <remarks>
/// Indexes: by id ix_products_active and ix_products_active_category, by name ix_products_name and ix_products_category_name, by
/// price ix_lowest_prices_amount and ix_lowest_prices_category_amount; options ix_variants_option_pairs or ix_variants_product_id.
/// </remarks>
internal sealed class ProductPageSql(ProductQuery query)
{
    private const string Branch = """
        RECURSIVE branch AS (
            SELECT slug FROM categories WHERE slug = @category
            UNION
            SELECT c.slug FROM categories c JOIN branch b ON c.parent_slug = b.slug
        )
        """;

    private readonly bool _isByPrice = query.Sort.IsByPrice;

    /// <summary>A row for each variant of each product of the page, and of one product more, which tells that another page follows.</summary>
    public string Page => $"""
        WITH {(query.Category is null ? "" : $"{Branch},")}
        page AS MATERIALIZED (
            {(query.Category is null ? Slice("") : MergedSlices)}
        )
        SELECT page.id, p.name, p.category_slug, v.sku, v.option_values, r.amount, page.key::text
        FROM page
        JOIN products p ON p.id = page.id
        JOIN variants v ON v.product_id = page.id
        JOIN prices r ON r.sku = v.sku AND r.currency = @currency
        ORDER BY {Order("page.key", "page.id")}, v.position
        """;

    public string Total => query.Category is null
        ? $"SELECT count(*) FROM {Source} WHERE {Filter("")}"
        : $"WITH {Branch} SELECT count(*) FROM branch CROSS JOIN LATERAL (SELECT FROM {Source} WHERE {Filter(CategoryFilter)}) matching";

    public IEnumerable<NpgsqlParameter> Parameters
    {
        get
        {
            // Of the column's own type: compared as text, no index on it could be used.
            yield return new("currency", NpgsqlDbType.Char) { Value = query.Currency };
            yield return new("rows", query.Limit + 1);

            if (query.Category is { } category)
                yield return new("category", category);
            if (query.Lowest is { } lowest)
                yield return new("lowest", lowest);
            if (query.Highest is { } highest)
                yield return new("highest", highest);

            for (var i = 0; i < query.Options.Count; i++)
                yield return new($"option{i}", query.Options[i]);

            if (query.After is { } after)
            {
                yield return new("after_id", after.Id);
                if (query.Sort.Key is not null)
                    yield return new("after_key", _isByPrice ? long.Parse(after.Key, CultureInfo.InvariantCulture) : after.Key);
            }
        }
    }

    private string Id => _isByPrice ? "l.product_id" : "p.id";

    private string CategoryFilter => $" AND {(_isByPrice ? "l" : "p")}.category_slug = branch.slug";

    private string Source => _isByPrice
        ? "lowest_prices l"
        : HasPriceFilter ? "products p JOIN lowest_prices l ON l.product_id = p.id AND l.currency = @currency" : "products p";

    private bool HasPriceFilter => query.Lowest is not null || query.Highest is not null;

    private string MergedSlices => $"""
        SELECT slice.* FROM branch CROSS JOIN LATERAL (
        {Slice(CategoryFilter)}
        ) slice
        ORDER BY {Order("key", "id")}
        LIMIT @rows
        """;

    private string Slice(string categoryFilter) => $"""
        SELECT {Id} AS id, {query.Sort.Key ?? "''"} AS key
        FROM {Source}
        WHERE {Filter(categoryFilter)}{AfterFilter}
        ORDER BY {Order(query.Sort.Key, Id)}
        LIMIT @rows
        """;

    private string Filter(string categoryFilter)
    {
        var filter = _isByPrice ? "l.currency = @currency" : "p.status = 0";
        filter += categoryFilter;

        if (query.Lowest is not null)
            filter += " AND l.amount >= @lowest";
        if (query.Highest is not null)
            filter += " AND l.amount <= @highest";
        if (query.Options.Count > 0)
            filter += $" AND EXISTS (SELECT FROM variants o WHERE o.product_id = {Id}{OptionFilter})";

        return filter;
    }

    private string OptionFilter => string.Concat(Enumerable.Range(0, query.Options.Count).Select(i => $" AND o.option_pairs && @option{i}"));

    private string AfterFilter
    {
        get
        {
            if (query.After is null)
                return "";

            var comparison = query.Sort.IsDescending ? '<' : '>';
            return query.Sort.Key is { } key ? $" AND ({key}, {Id}) {comparison} (@after_key, @after_id)" : $" AND {Id} {comparison} @after_id";
        }
    }

    private string Order(string? key, string id)
    {
        var direction = query.Sort.IsDescending ? " DESC" : "";
        return query.Sort.Key is null ? $"{id}{direction}" : $"{key}{direction}, {id}{direction}";
    }
}
