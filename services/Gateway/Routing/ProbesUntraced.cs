using OpenTelemetry.Trace;

namespace ShopFlow.Gateway.Routing;

/// <summary>Leaves YARP's health probes out of the traces: every ten seconds a dozen of them would bury the requests.</summary>
internal sealed class ProbesUntraced : Sampler
{
    private const string Probe = "proxy.cluster_health_checks";

    public override SamplingResult ShouldSample(in SamplingParameters parameters) =>
        new(parameters.Name == Probe ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
