using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShopFlow.Inventory.Data.Migrations
{
    /// <inheritdoc />
    public partial class ReturnsAndThresholds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_low",
                table: "stock_announcements",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "low_threshold",
                table: "stock",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "stock_returns",
                columns: table => new
                {
                    return_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sku = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stock_returns", x => new { x.return_id, x.sku });
                    table.CheckConstraint("ck_stock_returns_quantity", "quantity > 0");
                    table.ForeignKey(
                        name: "fk_stock_returns_stock",
                        column: x => x.sku,
                        principalTable: "stock",
                        principalColumn: "sku",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_stock_returns_sku",
                table: "stock_returns",
                column: "sku");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "stock_returns");

            migrationBuilder.DropColumn(
                name: "is_low",
                table: "stock_announcements");

            migrationBuilder.DropColumn(
                name: "low_threshold",
                table: "stock");
        }
    }
}
