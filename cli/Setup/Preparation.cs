namespace ShopFlow.Cli.Setup;

/// <summary>Everything that must be on the machine before the platform can start. Says nothing when nothing is missing.</summary>
internal sealed class Preparation(Checkout checkout)
{
    public async Task EnsureAsync(ResourceChoice resources, bool forTests, CancellationToken cancellationToken)
    {
        List<DebianPackage> packages = forTests ? [.. DebianPackages.TestTools] : [];
        if (await resources.AreNativeAsync(cancellationToken))
            packages.AddRange(DebianPackages.Servers);
        await DebianPackages.EnsureAsync(packages, cancellationToken);

        var feed = new AspireFeed(checkout);
        await feed.EnsureAsync(cancellationToken);
        // With the real packages, NuGet brings the orchestrator and the dashboard.
        if (!feed.UsesPackages)
            await new AspireBundle(checkout).EnsureAsync(cancellationToken);
    }
}
