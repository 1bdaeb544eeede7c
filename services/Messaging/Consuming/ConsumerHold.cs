using Microsoft.FeatureManagement;

namespace ShopFlow.Messaging;

/// <summary>Keeps a service from handling events while a feature flag is on; they stay with the broker.</summary>
internal sealed class ConsumerHold(string? flag, IFeatureManager? flags, TimeProvider time)
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    /// <summary>Returns when events may be handled.</summary>
    public async Task WaitAsync(CancellationToken stopping)
    {
        while (flag is not null && await flags!.IsEnabledAsync(flag))
            await Task.Delay(s_look, time, stopping);
    }
}
