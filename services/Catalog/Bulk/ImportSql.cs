namespace ShopFlow.Catalog.Bulk;

/// <summary>What is done with the staged rows, each step one statement for all of them.</summary>
internal static class ImportSql
{
    public const string Expand = """
        INSERT INTO staged_errors SELECT (e ->> 0)::int, e ->> 1, e ->> 2 FROM staged, jsonb_array_elements(errors) e;
        INSERT INTO staged_variants
        SELECT s.variant_lines[v.place], s.line, s.slug, v.place - 1, v.row ->> 0, ARRAY(SELECT jsonb_array_elements_text(v.row -> 1)),
            (v.row ->> 2)::int, v.row -> 3, ARRAY(SELECT jsonb_array_elements_text(v.row -> 4))
        FROM staged s, jsonb_array_elements(s.variants) WITH ORDINALITY AS v (row, place);
        CREATE INDEX ON staged (slug);
        CREATE INDEX ON staged_variants (sku);
        ANALYZE staged, staged_variants;
        """;

    public const string Check = """
        INSERT INTO staged_errors
        SELECT line, 'slug', 'is on line ' || first || ' already; the rows of a product must follow each other'
        FROM (SELECT line, min(line) OVER (PARTITION BY slug) AS first FROM staged WHERE slug IS NOT NULL) s WHERE line > first;

        INSERT INTO staged_errors
        SELECT line, 'sku', 'is on line ' || first || ' already'
        FROM (
            SELECT line, product_line, sku, min(line) OVER w AS first, min(product_line) OVER w AS first_product
            FROM staged_variants WINDOW w AS (PARTITION BY sku)
        ) v
        WHERE product_line > first_product;

        INSERT INTO staged_errors
        SELECT line, 'category', 'must be the slug of a category'
        FROM staged s WHERE category_slug IS NOT NULL AND NOT EXISTS (SELECT FROM categories c WHERE c.slug = s.category_slug);

        INSERT INTO staged_errors
        SELECT v.line, 'sku', 'belongs to the product ' || p.slug
        FROM staged_variants v JOIN variants known ON known.sku = v.sku JOIN products p ON p.id = known.product_id
        WHERE p.slug <> v.slug AND NOT EXISTS (SELECT FROM staged s WHERE s.slug = p.slug);
        """;

    /// <summary>Finds the products that the file would change. Index: ix_products_slug, ix_variants_product_id, pk_prices.</summary>
    public const string Compare = """
        INSERT INTO changed
        SELECT s.line, coalesce(p.id, s.id), s.slug, p.id IS NULL
        FROM staged s
        LEFT JOIN products p ON p.slug = s.slug
        LEFT JOIN LATERAL (
            SELECT jsonb_agg(jsonb_build_array(v.sku, v.option_values, v.weight_grams, r.prices, v.option_pairs) ORDER BY v.position) AS variants
            FROM variants v
            CROSS JOIN LATERAL (SELECT jsonb_object_agg(currency, amount) AS prices FROM prices WHERE sku = v.sku) r
            WHERE v.product_id = p.id
        ) known ON true
        WHERE p.id IS NULL
            OR known.variants IS DISTINCT FROM s.variants
            OR (p.name, p.brand, p.description, p.category_slug, p.tax_class, p.status, p.options)
                IS DISTINCT FROM (s.name, s.brand, s.description, s.category_slug, s.tax_class, s.status, s.options);
        CREATE INDEX ON changed (slug);
        ANALYZE changed;
        """;

    /// <summary>A product of the file takes the place of the one with its slug, as a PUT does. SKUs may move between products of the file.</summary>
    public const string Apply = """
        INSERT INTO changed_skus SELECT c.id, v.sku FROM changed c JOIN variants v ON v.product_id = c.id
        UNION SELECT c.id, v.sku FROM changed c JOIN staged_variants v ON v.slug = c.slug;
        CREATE INDEX ON changed_skus (product_id);

        DELETE FROM variants v USING changed c WHERE v.product_id = c.id AND NOT c.is_new;

        UPDATE products p
        SET name = s.name, brand = s.brand, description = s.description, category_slug = s.category_slug, tax_class = s.tax_class,
            status = s.status, options = s.options, updated_at = greatest(@now, p.updated_at + interval '1 microsecond')
        FROM staged s JOIN changed c ON c.slug = s.slug
        WHERE p.id = c.id AND NOT c.is_new;

        INSERT INTO products (id, slug, name, brand, description, category_slug, tax_class, status, options, updated_at)
        SELECT s.id, s.slug, s.name, s.brand, s.description, s.category_slug, s.tax_class, s.status, s.options, @now
        FROM staged s JOIN changed c ON c.slug = s.slug
        WHERE c.is_new;

        INSERT INTO variants (sku, product_id, position, option_values, weight_grams, option_pairs)
        SELECT v.sku, c.id, v.position, v.option_values, v.weight_grams, v.option_pairs
        FROM staged_variants v JOIN changed c ON c.slug = v.slug;

        INSERT INTO prices (sku, currency, amount)
        SELECT v.sku, r.key, r.value::bigint
        FROM staged_variants v JOIN changed c ON c.slug = v.slug CROSS JOIN jsonb_each_text(v.prices) r;
        """;

    public const string Counts =
        "SELECT (SELECT count(*) FROM staged), count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM changed";

    /// <summary>What changed, in pieces that an event can tell of.</summary>
    public const string Changed = """
        SELECT c.id, ARRAY(SELECT sku FROM changed_skus s WHERE s.product_id = c.id)
        FROM changed c WHERE (@after::uuid IS NULL OR c.id > @after) ORDER BY c.id LIMIT @rows
        """;

    public const string Errors = "SELECT line, field, message FROM staged_errors ORDER BY line, field COLLATE \"C\", message COLLATE \"C\"";
}
