using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShopFlow.Orders.Data.Migrations
{
    /// <inheritdoc />
    public partial class Promotions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_total",
                table: "orders");

            migrationBuilder.AddColumn<Guid>(
                name: "coupon_id",
                table: "orders",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "discount",
                table: "orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "discounts",
                table: "orders",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "shipping_discount",
                table: "orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "discount",
                table: "order_lines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "promotions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    terms = table.Column<string>(type: "jsonb", nullable: false),
                    combinable = table.Column<bool>(type: "boolean", nullable: false),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    limit_total = table.Column<int>(type: "integer", nullable: true),
                    limit_per_customer = table.Column<int>(type: "integer", nullable: true),
                    redeemed = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_by = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_promotions", x => x.id);
                    table.CheckConstraint("ck_promotions_limits", "(limit_total is null and limit_per_customer is null) or code is not null");
                    table.CheckConstraint("ck_promotions_redeemed", "redeemed >= 0 and redeemed <= limit_total");
                });

            migrationBuilder.CreateTable(
                name: "coupon_customers",
                columns: table => new
                {
                    promotion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    redeemed = table.Column<int>(type: "integer", nullable: false),
                    most = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_coupon_customers", x => new { x.promotion_id, x.customer });
                    table.CheckConstraint("ck_coupon_customers_redeemed", "redeemed >= 0 and redeemed <= most");
                    table.ForeignKey(
                        name: "fk_coupon_customers_promotion",
                        column: x => x.promotion_id,
                        principalTable: "promotions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "coupon_redemptions",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    promotion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    redeemed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    freed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_coupon_redemptions", x => x.order_id);
                    table.ForeignKey(
                        name: "fk_coupon_redemptions_order",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_coupon_redemptions_promotion",
                        column: x => x.promotion_id,
                        principalTable: "promotions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_discount",
                table: "orders",
                sql: "discount between 0 and subtotal and shipping_discount between 0 and shipping");

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_total",
                table: "orders",
                sql: "total >= 0 and total = subtotal - discount + shipping - shipping_discount + case when tax_included then 0 else tax end");

            migrationBuilder.AddCheckConstraint(
                name: "ck_order_lines_discount",
                table: "order_lines",
                sql: "discount between 0 and unit_price * quantity");

            migrationBuilder.CreateIndex(
                name: "ix_coupon_redemptions_promotion_id",
                table: "coupon_redemptions",
                column: "promotion_id");

            migrationBuilder.CreateIndex(
                name: "ix_promotions_automatic",
                table: "promotions",
                column: "ends_at",
                filter: "code is null");

            migrationBuilder.CreateIndex(
                name: "ix_promotions_code",
                table: "promotions",
                column: "code",
                unique: true,
                filter: "code is not null");

            // Those without a code are kept by every replica, and changed a few times a day; a redemption changes no version.
            migrationBuilder.Sql("""
                create function tell_of_promotions() returns trigger language plpgsql as $$
                begin
                    perform pg_notify('promotions_changed', new.id::text);
                    return null;
                end $$;
                create trigger promotions_changed after insert or update of version on promotions
                    for each row when (new.code is null) execute function tell_of_promotions();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop trigger promotions_changed on promotions; drop function tell_of_promotions();");

            migrationBuilder.DropTable(
                name: "coupon_customers");

            migrationBuilder.DropTable(
                name: "coupon_redemptions");

            migrationBuilder.DropTable(
                name: "promotions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_discount",
                table: "orders");

            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_total",
                table: "orders");

            migrationBuilder.DropCheckConstraint(
                name: "ck_order_lines_discount",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "coupon_id",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "discount",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "discounts",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "shipping_discount",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "discount",
                table: "order_lines");

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_total",
                table: "orders",
                sql: "total >= 0 and total = subtotal + shipping + case when tax_included then 0 else tax end");
        }
    }
}
