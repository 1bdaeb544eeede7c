using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShopFlow.Orders.Data.Migrations
{
    /// <inheritdoc />
    public partial class OrderSearch : Migration
    {
        private static readonly (string Name, string On)[] Indexes =
        [
            ("ix_orders_email", "orders using gin (email gin_trgm_ops)"),
            ("ix_orders_payment_id", "orders (payment_id) where payment_id is not null"),
            ("ix_order_lines_name", "order_lines using gin (name gin_trgm_ops)"),
            ("ix_order_lines_sku", "order_lines (sku)"),
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            // Orders are placed meanwhile. What was begun and not finished leaves an index that is not valid.
            foreach (var (name, on) in Indexes)
            {
                migrationBuilder.Sql($"drop index concurrently if exists {name};", suppressTransaction: true);
                migrationBuilder.Sql($"create index concurrently {name} on {on};", suppressTransaction: true);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var (name, _) in Indexes)
                migrationBuilder.Sql($"drop index concurrently if exists {name};", suppressTransaction: true);
        }
    }
}
