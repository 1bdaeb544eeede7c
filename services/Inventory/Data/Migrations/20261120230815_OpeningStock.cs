using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShopFlow.Inventory.Data.Migrations
{
    /// <inheritdoc />
    public partial class OpeningStock : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(StockSeed.InsertStatement());

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The rows stay: orders may have reserved them.
        }
    }
}
