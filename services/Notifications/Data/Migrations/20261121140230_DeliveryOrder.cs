using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShopFlow.Notifications.Data.Migrations
{
    /// <inheritdoc />
    public partial class DeliveryOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_deliveries_dead",
                table: "deliveries");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_created_at_id",
                table: "deliveries",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_dead",
                table: "deliveries",
                columns: new[] { "created_at", "id" },
                filter: "state = 'Dead'");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_settled_at",
                table: "deliveries",
                column: "settled_at",
                filter: "state in ('Sent', 'Skipped')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_deliveries_created_at_id",
                table: "deliveries");

            migrationBuilder.DropIndex(
                name: "ix_deliveries_dead",
                table: "deliveries");

            migrationBuilder.DropIndex(
                name: "ix_deliveries_settled_at",
                table: "deliveries");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_dead",
                table: "deliveries",
                column: "id",
                filter: "state = 'Dead'");
        }
    }
}
