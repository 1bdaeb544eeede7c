using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ShopFlow.Orders.Administration;

namespace ShopFlow.Tests.Orders;

public sealed class AdminOrderListTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    private readonly HttpClient _admin = orders.ClientOf(role: "admin");

    [Fact]
    public async Task Orders_are_found_by_whose_they_are_and_what_is_known_of_them()
    {
        var user = Guid.NewGuid().ToString();
        var id = await OrdersUnderTest.PlacedAsync(orders.ClientOf(user));
        await OrdersUnderTest.PlacedAsync(orders.ClientOf());

        Assert.Equal([id], await ListAsync($"userId={user}"));
        Assert.Equal([id], await ListAsync($"query={id}"));
        foreach (var text in (string[])["MUG", "ANNA%40example", "mug"])
            Assert.Equal([id], await ListAsync($"userId={user}&status=pending&query={text}"));
        foreach (var text in (string[])["%25", "bert", $"{Guid.NewGuid()}"])
            Assert.Empty(await ListAsync($"userId={user}&query={text}"));
        Assert.Empty(await ListAsync($"userId={user}&status=Delivered"));
    }

    [Theory]
    [InlineData("anna", "pk_orders", "ix_order_lines_sku", "ix_order_lines_name", "ix_orders_email")]
    [InlineData("0198c0de-0000-7000-8000-00000000000a", "pk_orders", "ix_orders_payment_id")]
    public async Task Text_is_found_by_indexes(string text, params string[] indexes)
    {
        var plan = await orders.WithDbAsync(async db =>
        {
            // So that a table of a few rows is read as one of a million is.
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"set local enable_seqscan = off");
            await using var command = new OrderFilter(Query: text).Of(db).CreateDbCommand();
            command.Transaction = transaction.GetDbTransaction();
            command.CommandText = $"explain {command.CommandText}";
            await using var lines = await command.ExecuteReaderAsync();
            var plan = "";
            while (await lines.ReadAsync())
                plan += lines.GetString(0) + '\n';
            return plan;
        });

        Assert.All(indexes, index => Assert.Contains(index, plan, StringComparison.Ordinal));
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Short_text_is_a_whole_sku_and_no_part_of_a_name()
    {
        var user = Guid.NewGuid().ToString();
        await OrdersUnderTest.PlacedAsync(orders.ClientOf(user));

        Assert.Empty(await ListAsync($"userId={user}&query=mu"));
        Assert.Single(await ListAsync($"userId={user}&query=mug"));
    }

    [Fact]
    public async Task Orders_are_found_by_when_they_were_placed()
    {
        var user = Guid.NewGuid().ToString();
        var placed = new List<Guid>();
        for (var number = 0; number < 3; number++)
        {
            orders.Time.Advance(TimeSpan.FromMinutes(1));
            placed.Add(await OrdersUnderTest.PlacedAsync(orders.ClientOf(user)));
        }

        var second = (await OrdersUnderTest.OrderAsync(_admin, placed[1])).GetProperty("createdAt").GetDateTimeOffset();
        var at = second.AddTicks(-(second.Ticks % TimeSpan.TicksPerMillisecond)).ToString("O").Replace("+", "%2B", StringComparison.Ordinal);

        Assert.Equal([placed[2], placed[1]], await ListAsync($"userId={user}&from={at}"));
        Assert.Equal([placed[0]], await ListAsync($"userId={user}&to={at}"));
        Assert.Equal([placed[2]], await ListAsync($"userId={user}&from={at}&limit=1"));
    }

    [Fact]
    public async Task Every_wrong_filter_is_named()
    {
        using var refused = await _admin.GetAsync($"/admin/orders?status=1&userId=&query={new string('x', 300)}&limit=0&next=x");
        Assert.Equal(["limit", "next", "query", "status", "userId"], await refused.WrongFieldsAsync());

        using var when = await _admin.GetAsync("/admin/orders?from=yesterday");
        Assert.Equal(["from"], await when.WrongFieldsAsync());
    }

    [Fact]
    public async Task Refunds_of_all_orders_are_listed_by_how_far_they_are()
    {
        var order = await PaidOrder.DeliveredAsync(orders);
        using var refunded = await order.PostAsync("refunds", new { lines = new[] { new { sku = "MUG", quantity = 1 } }, reason = "broken" });
        refunded.EnsureSuccessStatusCode();

        var page = await _admin.GetFromJsonAsync<JsonElement>("/admin/refunds?status=requested&limit=1");

        var refund = Assert.Single(page.GetProperty("refunds").EnumerateArray());
        Assert.Equal(order.Id, refund.GetProperty("orderId").GetGuid());
        Assert.Equal("broken", refund.GetProperty("refund").GetProperty("reason").GetString());
        Assert.DoesNotContain(
            order.Id, (await _admin.GetFromJsonAsync<JsonElement>("/admin/refunds?status=Paid")).GetProperty("refunds").EnumerateArray().Select(one => one.GetProperty("orderId").GetGuid()));
        using var wrong = await _admin.GetAsync("/admin/refunds?status=2&limit=0&next=x");
        Assert.Equal(["limit", "next", "status"], await wrong.WrongFieldsAsync());
    }

    private async Task<IEnumerable<Guid>> ListAsync(string query)
    {
        var page = await _admin.GetFromJsonAsync<JsonElement>($"/admin/orders?{query}");
        return page.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("id").GetGuid());
    }
}
