using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShopFlow.Recommendations.Data.Migrations
{
    /// <inheritdoc />
    public partial class OftenMet : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterTable(
                name: "pairs")
                .OldAnnotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateIndex(
                name: "ix_pairs_often",
                table: "pairs",
                columns: new[] { "product_id", "relation", "baskets", "other_id" },
                descending: new[] { false, false, true, false },
                filter: "baskets > 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_pairs_often",
                table: "pairs");

            migrationBuilder.AlterTable(
                name: "pairs")
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);
        }
    }
}
