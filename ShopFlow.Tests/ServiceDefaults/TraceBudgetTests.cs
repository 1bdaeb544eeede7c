using System.Diagnostics;
using OpenTelemetry.Trace;
using ShopFlow.ServiceDefaults;
using ShopFlow.ServiceDefaults.Telemetry;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class TraceBudgetTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_burst_is_taken_whole_and_then_only_what_the_rate_allows()
    {
        var budget = new TraceBudget(new TraceSamplingOptions { PerSecond = 2, Burst = 3 }, _time);

        Assert.Equal(3, Taken(budget, 10));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Taken(budget, 10));

        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, Taken(budget, 10));
    }

    [Fact]
    public void What_is_named_as_untraced_is_never_taken_and_costs_no_budget()
    {
        var budget = new TraceBudget(new TraceSamplingOptions { Burst = 1, Untraced = { "probe" } }, _time);

        Assert.Equal(0, Taken(budget, 10, "probe"));
        Assert.Equal(1, Taken(budget, 10));
    }

    [Theory]
    [InlineData(true, SamplingDecision.RecordAndSample)]
    [InlineData(false, SamplingDecision.Drop)]
    public void Only_a_service_that_follows_its_callers_lets_them_decide(bool follows, SamplingDecision expected)
    {
        var sampler = TraceBudget.SamplerFor(new() { FollowCallers = follows, PerSecond = 0, Burst = 1 }, _time);
        var caller = new ActivityContext(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
        var request = new SamplingParameters(caller, caller.TraceId, "POST /orders", ActivityKind.Server);

        sampler.ShouldSample(request);

        Assert.Equal(expected, sampler.ShouldSample(request).Decision);
    }

    private static int Taken(TraceBudget budget, int asked, string name = "GET /products")
    {
        var parameters = new SamplingParameters(default, ActivityTraceId.CreateRandom(), name, ActivityKind.Server);
        return Enumerable.Range(0, asked).Count(_ => budget.ShouldSample(parameters).Decision == SamplingDecision.RecordAndSample);
    }
}
