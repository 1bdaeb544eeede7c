using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Inventory.Stock;

namespace ShopFlow.Tests.Inventory;

public sealed class StockAnnouncementTests(InventoryUnderTest inventory) : IClassFixture<InventoryUnderTest>
{
    [Fact]
    public async Task Changes_of_a_SKU_are_told_together_with_the_newest_revision()
    {
        var kettle = await inventory.StockAsync(5);
        await inventory.PlaceAsync(Guid.CreateVersion7(), (kettle, 1));
        await inventory.PlaceAsync(Guid.CreateVersion7(), (kettle, 1));

        await AnnounceAsync(kettle);
        await AnnounceAsync(kettle);

        Assert.Equal([new StockLevel(kettle, 3, 3)], await ToldAsync(kettle));
    }

    [Fact]
    public async Task A_confirmation_changes_nothing_that_can_be_bought_and_is_not_told()
    {
        var kettle = await inventory.StockAsync(5);
        var order = Guid.CreateVersion7();
        await inventory.PlaceAsync(order, (kettle, 1));
        await AnnounceAsync(kettle);

        await inventory.ConfirmAsync(order);
        await AnnounceAsync(kettle);

        Assert.Single(await ToldAsync(kettle));
    }

    [Fact]
    public async Task A_new_SKU_of_the_catalogue_gets_a_row_and_is_told()
    {
        var sku = $"NEW-{Guid.NewGuid():N}";

        await inventory.DeliverAsync<ProductsChanged, ListNewSkus>(new(["product"], [sku]));
        await AnnounceAsync(sku);

        Assert.Equal([new StockLevel(sku, 0, 1)], await ToldAsync(sku));
    }

    [Fact]
    public async Task The_announcer_tells_what_was_marked_and_what_a_crash_left_untold()
    {
        var (marked, forgotten) = (await inventory.StockAsync(5, "M"), await inventory.StockAsync(7, "F"));
        var announcer = inventory.Get<StockAnnouncer>();

        await announcer.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            await inventory.PlaceAsync(Guid.CreateVersion7(), (marked, 2));
            await Eventually.TrueAsync(
                async () => (await ToldAsync(marked)) is [.., { Available: 3 }] && (await ToldAsync(forgotten)) is [{ Available: 7 }],
                TimeSpan.FromSeconds(10),
                () => "both SKUs should have been told");
        }
        finally
        {
            await announcer.StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task That_a_SKU_is_low_is_told_once_until_it_was_above_its_threshold_again()
    {
        var kettle = await inventory.StockAsync(7);
        await AnnounceAsync(kettle);
        Assert.Equal(0, await LowsAsync(kettle));

        await inventory.PlaceAsync(Guid.CreateVersion7(), (kettle, 2));
        await AnnounceAsync(kettle);
        await inventory.PlaceAsync(Guid.CreateVersion7(), (kettle, 1));
        await AnnounceAsync(kettle);
        Assert.Equal(1, await LowsAsync(kettle));

        await inventory.AdjustAsync(kettle, 50);
        await AnnounceAsync(kettle);
        await inventory.AdjustAsync(kettle, 5);
        await AnnounceAsync(kettle);
        Assert.Equal(2, await LowsAsync(kettle));
    }

    private Task<int> LowsAsync(string sku)
    {
        var pattern = $"%{sku}%";
        return inventory.WithDbAsync(db => db.Database
            .SqlQuery<int>($"select count(*)::int as \"Value\" from outbox_messages where payload::text like {pattern} and name = 'inventory.stock-low'")
            .SingleAsync());
    }

    private Task<int> AnnounceAsync(string sku) =>
        inventory.Get<StockAnnouncer>().AnnounceAsync([sku], TestContext.Current.CancellationToken);

    private async Task<List<StockLevel>> ToldAsync(string sku)
    {
        var pattern = $"%{sku}%";
        var events = await inventory.WithDbAsync(db => db.Database
            .SqlQuery<string>($"select payload::text from outbox_messages where payload::text like {pattern} and name = 'inventory.stock-levels-changed' order by position")
            .ToListAsync());
        return [.. events
            .SelectMany(json => JsonSerializer.Deserialize<StockLevelsChanged>(json, JsonSerializerOptions.Web)!.Levels)
            .Where(level => level.Sku == sku)];
    }
}
