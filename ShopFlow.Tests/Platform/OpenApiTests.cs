using System.Text.Json.Nodes;
using ShopFlow.Cli.OpenApi;

namespace ShopFlow.Tests.Platform;

[Collection(nameof(RunningPlatform))]
public sealed class OpenApiTests(RunningPlatform platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string Committed => new ShopFlow.Cli.Checkout(Checkout.Root).ApiDocument;

    [Fact]
    public async Task The_committed_document_is_what_the_platform_says()
    {
        var now = await platform.Gateway.GetStringAsync("/openapi.json", Cancelled);
        var committed = await File.ReadAllTextAsync(Committed, Cancelled);

        var changes = ApiComparison.Compare(JsonNode.Parse(committed)!.AsObject(), JsonNode.Parse(now)!.AsObject());
        Assert.True(
            committed.TrimEnd() == now, $"./shopflow openapi would write another docs/openapi.json: {string.Join("; ", changes.Select(change => change.What))}");
    }

    [Fact]
    public async Task Nothing_internal_is_told()
    {
        var now = await platform.Gateway.GetStringAsync("/openapi.json", Cancelled);

        Assert.DoesNotContain("/internal/", now, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", now, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_linter_finds_nothing()
    {
        Assert.SkipUnless(ApiLint.IsPossible, "npx is not installed.");

        Assert.Equal(0, await ApiLint.RunAsync(new(Checkout.Root), Cancelled));
    }
}
