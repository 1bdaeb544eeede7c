using System.Text.Json;
using ShopFlow.Flags;

namespace ShopFlow.Tests.Flags;

public sealed class FlagFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flags-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_folder.FullName, "flags.json");

    private FlagFile Flags => new(Path);

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(100)]
    public async Task What_is_set_is_read_and_the_rest_stays(int percent)
    {
        await File.WriteAllTextAsync(Path, """{"Other": 1, "FeatureManagement": {"guestCheckout": false}}""", Cancelled);

        await Flags.SetAsync(Flag.PaymentFailure, percent, Cancelled);

        Assert.Equal(new Dictionary<string, int> { ["guestCheckout"] = 0, [Flag.PaymentFailure] = percent }, Flags.Read());
        Assert.Contains("Other", await File.ReadAllTextAsync(Path, Cancelled), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"EnabledFor": [{"Name": "Microsoft.Percentage", "Parameters": {"Value": 12.5}}]}""", 12)]
    [InlineData("""{"EnabledFor": []}""", 0)]
    [InlineData("""{"EnabledFor": [{"Name": "AlwaysOn"}]}""", 0)]
    [InlineData("""{"EnabledFor": [{"Parameters": {"Value": "half"}}]}""", 0)]
    [InlineData("""{"EnabledFor": 1}""", 0)]
    [InlineData("\"on\"", 0)]
    public async Task What_a_person_wrote_is_read_as_far_as_it_is_a_share(string flag, int percent)
    {
        await File.WriteAllTextAsync(Path, $$"""{"FeatureManagement": { "paymentFailure": {{flag}} } }""", Cancelled);

        Assert.Equal(percent, Flags.Read()[Flag.PaymentFailure]);
    }

    [Fact]
    public async Task Of_many_changes_at_once_none_is_lost()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), Cancelled, async (number, stop) => await Flags.SetAsync($"flag{number}", number + 1, stop));

        Assert.Equal(Enumerable.Range(1, 40), Flags.Read().Values.Order());
        Assert.Empty(_folder.GetFiles().Select(file => file.Name).Except(["flags.json", "flags.json.lock"]));
    }

    [Fact]
    public async Task A_folder_where_nobody_can_write_is_told_at_once()
    {
        var gone = new FlagFile(System.IO.Path.Combine(_folder.FullName, "gone", "flags.json"));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAnyAsync<IOException>(() => gone.SetAsync(Flag.PaymentFailure, 100, limit.Token));
        Assert.False(limit.IsCancellationRequested);
    }

    [Theory]
    [InlineData("on", 100)]
    [InlineData("off", 0)]
    [InlineData("20%", 20)]
    [InlineData("101%", null)]
    [InlineData("0.2", null)]
    public void A_share_is_read_as_people_write_it(string text, int? percent) => Assert.Equal(percent, FlagShare.Parse(text));

    [Fact]
    public async Task What_is_no_JSON_is_told_and_left_as_it_is()
    {
        await File.WriteAllTextAsync(Path, "{ half", Cancelled);

        await Assert.ThrowsAnyAsync<JsonException>(() => Flags.SetAsync(Flag.PaymentFailure, 100, Cancelled));

        Assert.Equal("{ half", await File.ReadAllTextAsync(Path, Cancelled));
    }
}
