using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShopFlow.Catalog.Data.Migrations;

/// <summary>Every statement that changes what shoppers see sends a notification, which is delivered when its transaction commits.</summary>
public partial class AnnounceChanges : Migration
{
    private static readonly string[] Tables = ["categories", "products", "variants", "prices", "stock_levels"];

    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // The payload names the transaction, so that replicas agree on a name for the state after it.
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

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
            migrationBuilder.Sql($"DROP TRIGGER announce_change ON {table};");

        migrationBuilder.Sql("DROP FUNCTION announce_catalog_change();");
    }
}
