using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ShopFlow.Tests.Orders;

/// <summary>What an administrator does with promotions.</summary>
internal static class PromotionsUnderTest
{
    public static readonly object TenPercent = new { kind = "Percentage", percent = 10 };

    public static Dictionary<string, decimal> Usd(decimal amount) => new() { ["USD"] = amount };

    /// <summary>A coupon of its own for one test.</summary>
    public static async Task<string> CouponAsync(this OrdersUnderTest orders, object terms, int? limitTotal = null, int? limitPerCustomer = null, bool combinable = true)
    {
        var code = $"C-{Guid.NewGuid():N}"[..20].ToUpperInvariant();
        await orders.PromotionAsync(new { name = "Coupon of the day", code, terms, limitTotal, limitPerCustomer, combinable });
        return code;
    }

    public static async Task<JsonElement> PromotionAsync(this OrdersUnderTest orders, object form)
    {
        using var created = await orders.ClientOf(role: "admin").PostAsJsonAsync("/admin/promotions", form);
        Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        return await created.JsonAsync();
    }

    /// <summary>The redemptions that the administrator sees.</summary>
    public static async Task<int> RedeemedAsync(this OrdersUnderTest orders, string code)
    {
        var page = await orders.ClientOf(role: "admin").GetFromJsonAsync<JsonElement>($"/admin/promotions?code={code}");
        return Assert.Single(page.GetProperty("promotions").EnumerateArray()).GetProperty("redeemed").GetInt32();
    }

    public static object TwoMugs(string code) => new { items = new[] { new { sku = "MUG", quantity = 2 } }, promotionCode = code, email = "anna@example.com" };
}
