using System.Net.Http.Json;
using System.Text.Json;
using ShopFlow.Contracts;
using ShopFlow.Notifications.Writing;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Notifications;

public sealed class DeliveryListTests(PostgresServer postgres) : IAsyncLifetime
{
    private NotificationsUnderTest _service = null!;
    private HttpClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await NotificationsUnderTest.StartAsync(postgres);
        _admin = _service.Client(isAdmin: true);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("state=Sent&")]
    public async Task Deliveries_are_listed_newest_first_page_by_page_also_those_of_one_moment(string filter)
    {
        for (var minute = 0; minute < 4; minute++)
        {
            await TellAsync(2);
            _service.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await _service.StateAsync("Sent", 8);
        var (seen, next) = (new List<(DateTimeOffset At, Guid Id)>(), "");
        do
        {
            var page = await _admin.GetFromJsonAsync<JsonElement>($"/admin/deliveries?{filter}limit=3{next}");
            seen.AddRange(page.GetProperty("deliveries").EnumerateArray().Select(
                delivery => (delivery.GetProperty("createdAt").GetDateTimeOffset(), delivery.GetProperty("id").GetGuid())));
            next = page.GetProperty("next") is { ValueKind: JsonValueKind.String } place ? $"&next={place}" : null;
        }
        while (next is not null);

        Assert.Equal(8, seen.Distinct().Count());
        Assert.Equal(seen.OrderByDescending(delivery => delivery.At).ThenByDescending(delivery => delivery.Id), seen);
    }

    [Fact]
    public async Task What_comes_meanwhile_moves_no_page()
    {
        await TellAsync(3);
        _service.Time.Advance(TimeSpan.FromMinutes(1));
        await TellAsync(1);
        var first = await _admin.GetFromJsonAsync<JsonElement>("/admin/deliveries?limit=1");
        _service.Time.Advance(TimeSpan.FromMinutes(1));
        await TellAsync(2);

        var second = await _admin.GetFromJsonAsync<JsonElement>($"/admin/deliveries?next={first.GetProperty("next")}");

        Assert.Equal(3, second.GetProperty("deliveries").GetArrayLength());
    }

    [Theory]
    [InlineData("next=0198c0de-0000-7000-8000-000000000001", "next")]
    [InlineData("next=none", "next")]
    [InlineData("next=%00", "next")]
    [InlineData("next=__________________________________________AA", "next")]
    [InlineData("next=________________________________", "next")]
    [InlineData("limit=0&next=x", "limit", "next")]
    public async Task Bad_input_is_named(string query, params string[] fields)
    {
        foreach (var list in (string[])["/admin/deliveries", "/notifications/webhooks/deliveries"])
        {
            using var refused = await _admin.GetAsync($"{list}?{query}");
            Assert.Equal(fields, await refused.WrongFieldsAsync());
        }
    }

    private Task TellAsync(int orders) => _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(
        [.. Enumerable.Range(0, orders).Select(_ => new OrderPlaced(Guid.NewGuid(), _service.UserId, "anna@example.com", [], 1290, "EUR"))]);
}
