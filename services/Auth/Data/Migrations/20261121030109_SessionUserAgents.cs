using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShopFlow.Auth.Data.Migrations
{
    /// <inheritdoc />
    public partial class SessionUserAgents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "user_agent",
                table: "sessions",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "user_agent",
                table: "sessions");
        }
    }
}
