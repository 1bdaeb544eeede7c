using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShopFlow.Orders.Data.Migrations
{
    /// <inheritdoc />
    public partial class RefundedTax : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "tax",
                table: "refund_lines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "refunded_tax",
                table: "order_lines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            // What was refunded so far was given its tax by its pieces, one refund after the other.
            migrationBuilder.Sql("""
                with given as (
                    select l.refund_id, l.position, l.quantity, i.tax, i.quantity as pieces,
                           sum(l.quantity) over (partition by r.order_id, l.position order by r.id) as up_to
                    from refunds r
                    join refund_lines l on l.refund_id = r.id
                    join order_lines i on i.order_id = r.order_id and i.position = l.position
                    where r.state <> 'Rejected'
                )
                update refund_lines l
                set tax = round(g.tax * g.up_to / g.pieces::numeric) - round(g.tax * (g.up_to - g.quantity) / g.pieces::numeric)
                from given g
                where g.refund_id = l.refund_id and g.position = l.position;

                update order_lines i
                set refunded_tax = g.tax
                from (
                    select r.order_id, l.position, sum(l.tax) as tax
                    from refunds r
                    join refund_lines l on l.refund_id = r.id
                    where r.state <> 'Rejected'
                    group by r.order_id, l.position
                ) g
                where i.order_id = g.order_id and i.position = g.position;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "tax",
                table: "refund_lines");

            migrationBuilder.DropColumn(
                name: "refunded_tax",
                table: "order_lines");
        }
    }
}
