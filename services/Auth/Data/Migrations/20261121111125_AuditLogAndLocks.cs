using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShopFlow.Auth.Data.Migrations
{
    /// <inheritdoc />
    public partial class AuditLogAndLocks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_sign_in_at",
                table: "users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "lock_reason",
                table: "users",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "locked_at",
                table: "users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "admin_actions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<string>(type: "text", nullable: false),
                    actor_name = table.Column<string>(type: "text", nullable: false),
                    service = table.Column<string>(type: "text", nullable: false),
                    operation = table.Column<string>(type: "text", nullable: false),
                    request = table.Column<string>(type: "text", nullable: false),
                    objects = table.Column<string[]>(type: "text[]", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    detail = table.Column<string>(type: "text", nullable: true),
                    correlation_id = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_admin_actions", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_admin_actions_actor_id_id",
                table: "admin_actions",
                columns: new[] { "actor_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_admin_actions_objects",
                table: "admin_actions",
                column: "objects")
                .Annotation("Npgsql:IndexMethod", "gin");

            // Lines are added, and an unknown outcome may become known; nothing else, whoever asks.
            migrationBuilder.Sql("""
                CREATE FUNCTION keep_admin_actions() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF tg_op = 'UPDATE' THEN
                        IF old.status IS NULL AND new.status IS NOT NULL
                            AND (new.id, new.at, new.actor_id, new.actor_name, new.service, new.operation, new.request, new.correlation_id)
                                IS NOT DISTINCT FROM
                                (old.id, old.at, old.actor_id, old.actor_name, old.service, old.operation, old.request, old.correlation_id)
                        THEN
                            RETURN new;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'The audit log is only added to.';
                END $$;

                CREATE TRIGGER admin_actions_kept BEFORE UPDATE OR DELETE ON admin_actions
                    FOR EACH ROW EXECUTE FUNCTION keep_admin_actions();
                CREATE TRIGGER admin_actions_not_truncated BEFORE TRUNCATE ON admin_actions
                    FOR EACH STATEMENT EXECUTE FUNCTION keep_admin_actions();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP FUNCTION keep_admin_actions CASCADE");

            migrationBuilder.DropTable(
                name: "admin_actions");

            migrationBuilder.DropColumn(
                name: "last_sign_in_at",
                table: "users");

            migrationBuilder.DropColumn(
                name: "lock_reason",
                table: "users");

            migrationBuilder.DropColumn(
                name: "locked_at",
                table: "users");
        }
    }
}
