using System;
using Microsoft.EntityFrameworkCore.Migrations;
using ShopFlow.Orders.Pricing;

#nullable disable

namespace ShopFlow.Orders.Data.Migrations
{
    /// <inheritdoc />
    public partial class QuotesAndFulfilment : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_total",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "refunded_at",
                table: "orders");

            migrationBuilder.AddColumn<string>(
                name: "challenge_url",
                table: "status_changes",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "access_salt",
                table: "placed_requests",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "access_key_hash",
                table: "orders",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "captured",
                table: "orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "challenge_url",
                table: "orders",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "rates_version",
                table: "orders",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "refunded",
                table: "orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "shipping",
                table: "orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "shipping_option",
                table: "orders",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "shipping_refunded",
                table: "orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "shipping_tax",
                table: "orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "subtotal",
                table: "orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "tax",
                table: "orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "tax_included",
                table: "orders",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "delivered",
                table: "order_lines",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "packed",
                table: "order_lines",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "refunded_amount",
                table: "order_lines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "refunded_quantity",
                table: "order_lines",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "returned",
                table: "order_lines",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "return_requested",
                table: "order_lines",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "shipped",
                table: "order_lines",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "tax",
                table: "order_lines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "tax_class",
                table: "order_lines",
                type: "character varying(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "standard");

            migrationBuilder.AddColumn<decimal>(
                name: "tax_rate",
                table: "order_lines",
                type: "numeric(6,3)",
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<int>(
                name: "weight_grams",
                table: "order_lines",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "rates",
                columns: table => new
                {
                    version = table.Column<int>(type: "integer", nullable: false),
                    sheet = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rates", x => x.version);
                });

            migrationBuilder.CreateTable(
                name: "refunds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    tax = table.Column<long>(type: "bigint", nullable: false),
                    shipping = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    failure = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refunds", x => x.id);
                    table.CheckConstraint("ck_refunds_amount", "amount > 0 and tax >= 0 and shipping >= 0");
                    table.ForeignKey(
                        name: "fk_refunds_order",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "returns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_returns", x => x.id);
                    table.ForeignKey(
                        name: "fk_returns_order",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "shipments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    carrier = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    tracking_number = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    packed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    shipped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shipments", x => x.id);
                    table.ForeignKey(
                        name: "fk_shipments_order",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "refund_lines",
                columns: table => new
                {
                    refund_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refund_lines", x => new { x.refund_id, x.position });
                    table.CheckConstraint("ck_refund_lines_quantity", "quantity > 0 and amount >= 0");
                    table.ForeignKey(
                        name: "fk_refund_lines_refund",
                        column: x => x.refund_id,
                        principalTable: "refunds",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "return_lines",
                columns: table => new
                {
                    return_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    sku = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    received = table.Column<int>(type: "integer", nullable: false),
                    restocked = table.Column<int>(type: "integer", nullable: false),
                    rejected = table.Column<int>(type: "integer", nullable: false),
                    rejected_because = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_return_lines", x => new { x.return_id, x.position });
                    table.CheckConstraint("ck_return_lines_pieces", "quantity > 0 and received >= 0 and rejected >= 0 and received + rejected <= quantity and restocked between 0 and received");
                    table.ForeignKey(
                        name: "fk_return_lines_return",
                        column: x => x.return_id,
                        principalTable: "returns",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "shipment_lines",
                columns: table => new
                {
                    shipment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    sku = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shipment_lines", x => new { x.shipment_id, x.position });
                    table.CheckConstraint("ck_shipment_lines_quantity", "quantity > 0");
                    table.ForeignKey(
                        name: "fk_shipment_lines_shipment",
                        column: x => x.shipment_id,
                        principalTable: "shipments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_orders_state_id",
                table: "orders",
                columns: new[] { "state", "id" });

            // What was placed before had neither shipping nor tax.
            migrationBuilder.Sql("update orders set subtotal = total, captured = case when payment_id is null then 0 else total end;");
            migrationBuilder.Sql(FirstRates.InsertStatement());

            // Rates change a few times a year, so the lock that a notification takes at commit doesn't matter.
            migrationBuilder.Sql("""
                create function tell_of_rates() returns trigger language plpgsql as $$
                begin
                    perform pg_notify('rates_changed', new.version::text);
                    return null;
                end $$;
                create trigger rates_changed after insert on rates for each row execute function tell_of_rates();
                """);

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_refunded",
                table: "orders",
                sql: "refunded between 0 and captured and shipping_refunded >= 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_total",
                table: "orders",
                sql: "total >= 0 and total = subtotal + shipping + case when tax_included then 0 else tax end");

            migrationBuilder.AddCheckConstraint(
                name: "ck_order_lines_pieces",
                table: "order_lines",
                sql: "packed <= quantity and shipped between 0 and packed and delivered between 0 and shipped and return_requested >= 0 and returned >= 0 and return_requested + returned <= delivered");

            migrationBuilder.AddCheckConstraint(
                name: "ck_order_lines_refunded",
                table: "order_lines",
                sql: "refunded_quantity between 0 and quantity and refunded_amount >= 0");

            migrationBuilder.CreateIndex(
                name: "ix_refunds_order_id",
                table: "refunds",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_returns_order_id",
                table: "returns",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_shipments_order_id",
                table: "shipments",
                column: "order_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop trigger rates_changed on rates; drop function tell_of_rates();");

            migrationBuilder.DropTable(
                name: "rates");

            migrationBuilder.DropTable(
                name: "refund_lines");

            migrationBuilder.DropTable(
                name: "return_lines");

            migrationBuilder.DropTable(
                name: "shipment_lines");

            migrationBuilder.DropTable(
                name: "refunds");

            migrationBuilder.DropTable(
                name: "returns");

            migrationBuilder.DropTable(
                name: "shipments");

            migrationBuilder.DropIndex(
                name: "ix_orders_state_id",
                table: "orders");

            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_refunded",
                table: "orders");

            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_total",
                table: "orders");

            migrationBuilder.DropCheckConstraint(
                name: "ck_order_lines_pieces",
                table: "order_lines");

            migrationBuilder.DropCheckConstraint(
                name: "ck_order_lines_refunded",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "challenge_url",
                table: "status_changes");

            migrationBuilder.DropColumn(
                name: "access_salt",
                table: "placed_requests");

            migrationBuilder.DropColumn(
                name: "access_key_hash",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "captured",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "challenge_url",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "rates_version",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "refunded",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "shipping",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "shipping_option",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "shipping_refunded",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "shipping_tax",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "subtotal",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "tax",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "tax_included",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "delivered",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "packed",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "refunded_amount",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "refunded_quantity",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "returned",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "return_requested",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "shipped",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "tax",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "tax_class",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "tax_rate",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "weight_grams",
                table: "order_lines");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "refunded_at",
                table: "orders",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_total",
                table: "orders",
                sql: "total >= 0");
        }
    }
}
