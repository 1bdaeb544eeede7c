using Microsoft.FeatureManagement;

namespace ShopFlow.Tests.Orders;

/// <summary>Every flag is off.</summary>
internal sealed class NothingEnabled : IFeatureManager
{
    public Task<bool> IsEnabledAsync(string feature) => Task.FromResult(false);

    public Task<bool> IsEnabledAsync<TContext>(string feature, TContext context) => Task.FromResult(false);

    public IAsyncEnumerable<string> GetFeatureNamesAsync() => AsyncEnumerable.Empty<string>();
}
