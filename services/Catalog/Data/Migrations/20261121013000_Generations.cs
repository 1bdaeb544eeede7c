using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShopFlow.Catalog.Data.Migrations;

/// <summary>
/// Numbers the states of the catalogue, in commit order: see Caching/README.md. Replaces the triggers, which sent a NOTIFY from
/// every transaction that changed a stock level.
/// </summary>
[DbContext(typeof(CatalogDbContext))]
[Migration("20261121013000_Generations")]
public partial class Generations : Migration
{
    private static readonly string[] Tables = ["categories", "products", "variants", "prices", "stock_levels"];

    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
            migrationBuilder.Sql($"DROP TRIGGER announce_change ON {table};");

        migrationBuilder.Sql("DROP FUNCTION announce_catalog_change();");

        // Never below the time in milliseconds: a catalogue restored from a backup doesn't use numbers again that caches have seen.
        migrationBuilder.Sql("""
            CREATE FUNCTION next_generation(present bigint) RETURNS bigint LANGUAGE sql VOLATILE AS
            $$ SELECT greatest(present + 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint) $$;
            """);

        // The second number is the generation of the last change to anything but stock.
        migrationBuilder.Sql("""
            CREATE TABLE catalog_generation (
                only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
                number bigint NOT NULL,
                products bigint NOT NULL
            );
            INSERT INTO catalog_generation (number, products) SELECT first, first FROM next_generation(0) AS first;
            """);

        // Marks of committed stock changes that no generation tells of yet.
        migrationBuilder.Sql("CREATE TABLE stock_changes (levels bigint NOT NULL);");

        // The last statement of a transaction: it locks the row until the commit, and so numbers are given in commit order.
        migrationBuilder.Sql("""
            CREATE FUNCTION announce_products_change() RETURNS bigint LANGUAGE plpgsql AS $$
            DECLARE made bigint;
            BEGIN
                SELECT next_generation(number) INTO made FROM catalog_generation FOR UPDATE;
                UPDATE catalog_generation SET number = made, products = made;
                PERFORM pg_notify('catalog_changed', made || ' ' || made);
                RETURN made;
            END $$;
            """);

        // The names that the tax rules of orders know.
        migrationBuilder.Sql("UPDATE products SET tax_class = 'reduced' WHERE tax_class = 'food';");
        migrationBuilder.Sql("UPDATE products SET tax_class = 'zero' WHERE tax_class = 'books';");
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("DROP FUNCTION announce_products_change(); DROP TABLE stock_changes, catalog_generation; DROP FUNCTION next_generation;");

        migrationBuilder.Sql("""
            CREATE FUNCTION announce_catalog_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_notify('catalog_changed', pg_current_xact_id()::text);
                RETURN NULL;
            END $$;
            """);

        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"""
                CREATE TRIGGER announce_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION announce_catalog_change();
                """);
        }
    }
}
