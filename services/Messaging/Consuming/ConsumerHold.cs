using Microsoft.FeatureManagement;

namespace ShopFlow.Messaging;

/// <summary>Keeps a service from handling events while a feature flag is on; they stay with the broker.</summary>
internal sealed class ConsumerHold(string? flag, IFeatureManager? flags)
{
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    public Task<bool> IsOnAsync() => flag is null ? Task.FromResult(false) : flags!.IsEnabledAsync(flag);
}
