using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShopFlow.Catalog.Data.Migrations
{
    /// <inheritdoc />
    public partial class Lists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string[]>(
                name: "option_pairs",
                table: "variants",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.CreateIndex(
                name: "ix_variants_option_pairs",
                table: "variants",
                column: "option_pairs")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.Sql("""
                UPDATE variants v SET option_pairs = ARRAY(
                    SELECT lower(o.name || '=' || o.value) FROM unnest(p.options, v.option_values) WITH ORDINALITY AS o (name, value, place) ORDER BY place)
                FROM products p WHERE p.id = v.product_id;
                """);

            // What lists by name and by price are read along; by id there are indexes already.
            migrationBuilder.Sql("""
                CREATE INDEX ix_products_name ON products ((lower(name) COLLATE "C"), id) WHERE status = 0;
                CREATE INDEX ix_products_category_name ON products (category_slug, (lower(name) COLLATE "C"), id) WHERE status = 0;

                CREATE TABLE lowest_prices (
                    product_id uuid NOT NULL REFERENCES products ON DELETE CASCADE,
                    currency char(3) NOT NULL,
                    category_slug varchar(60) NOT NULL,
                    amount bigint NOT NULL,
                    CONSTRAINT pk_lowest_prices PRIMARY KEY (product_id, currency)
                );
                INSERT INTO lowest_prices (product_id, currency, category_slug, amount)
                SELECT p.id, r.currency, p.category_slug, min(r.amount)
                FROM products p JOIN variants v ON v.product_id = p.id JOIN prices r ON r.sku = v.sku
                WHERE p.status = 0
                GROUP BY p.id, r.currency;
                CREATE INDEX ix_lowest_prices_amount ON lowest_prices (currency, amount, product_id);
                CREATE INDEX ix_lowest_prices_category_amount ON lowest_prices (currency, category_slug, amount, product_id);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE lowest_prices; DROP INDEX ix_products_name, ix_products_category_name;");

            migrationBuilder.DropIndex(
                name: "ix_variants_option_pairs",
                table: "variants");

            migrationBuilder.DropColumn(
                name: "option_pairs",
                table: "variants");
        }
    }
}
