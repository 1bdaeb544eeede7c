using System.Net.Http.Json;
using System.Text.Json;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Notifications;

public sealed class PreferenceTests(PostgresServer postgres) : IAsyncLifetime
{
    private NotificationsUnderTest _service = null!;

    public async ValueTask InitializeAsync() => _service = await NotificationsUnderTest.StartAsync(postgres);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Everything_is_on_until_it_is_switched_off_and_can_be_switched_on_again()
    {
        Assert.All(await ReadAsync(), preference => Assert.True(preference.InApp && preference.Email));

        await ChangeAsync(new { type = "OrderShipped", email = false, inApp = false }, new { type = "OrderPlaced", email = false });
        Assert.Equal([("OrderPlaced", true, false), ("OrderShipped", false, false)], (await ReadAsync()).Where(p => !p.InApp || !p.Email));

        await ChangeAsync(new { type = "OrderShipped", email = true });
        Assert.Equal([("OrderPlaced", true, false), ("OrderShipped", false, true)], (await ReadAsync()).Where(p => !p.InApp || !p.Email));
    }

    [Fact]
    public async Task Wrong_ones_are_named_and_change_nothing()
    {
        var answer = await ChangeAsync(
            new { type = "OrderPlaced", email = false }, new { type = "OrderPlaced" }, new { type = "Nonsense" }, new { type = "PasswordReset", email = false });

        Assert.Equal(["preferences[1].type", "preferences[2].type", "preferences[3].email"], await answer.WrongFieldsAsync());
        Assert.All(await ReadAsync(), preference => Assert.True(preference.InApp && preference.Email));
    }

    private Task<HttpResponseMessage> ChangeAsync(params object[] preferences) =>
        _service.Client().PutAsJsonAsync("/notifications/preferences", new { preferences });

    private async Task<List<(string Type, bool InApp, bool Email)>> ReadAsync()
    {
        var list = await _service.Client().GetFromJsonAsync<JsonElement>("/notifications/preferences");
        return [.. list.GetProperty("preferences").EnumerateArray().Select(p => (
            p.GetProperty("type").GetString()!, p.GetProperty("inApp").GetBoolean(), p.GetProperty("email").GetBoolean()))];
    }
}
