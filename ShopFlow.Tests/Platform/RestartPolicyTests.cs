using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShopFlow.AppHost.Local;

namespace ShopFlow.Tests.Platform;

public sealed class RestartPolicyTests
{
    private readonly SettableTime _time = new();
    private readonly RestartPolicy _policy;

    public RestartPolicyTests() => _policy = new(_time);

    [Fact]
    public void What_died_after_it_was_healthy_is_started_again()
    {
        Live();

        Assert.NotNull(Die());
    }

    [Fact]
    public void What_was_never_healthy_is_left_alone()
    {
        _policy.Observe("Running", HealthStatus.Unhealthy, null);

        Assert.Null(Die());
    }

    [Fact]
    public void What_was_asked_to_stop_is_left_alone()
    {
        Live();
        _policy.Observe("Stopping", null, null);

        Assert.Null(Die());
    }

    [Fact]
    public void What_ended_well_is_left_alone()
    {
        Live();

        Assert.Null(_policy.Observe("Finished", null, 0));
    }

    [Fact]
    public void A_death_told_twice_is_one()
    {
        Live();
        Die();

        Assert.Null(Die());
    }

    [Fact]
    public void Whoever_keeps_dying_waits_longer_up_to_a_bound_and_a_sound_life_forgets_it()
    {
        var pauses = Enumerable.Range(0, 10).Select(_ =>
        {
            Live();
            return Die()!.Value;
        }).ToList();
        _time.Advance(TimeSpan.FromMinutes(2));
        Live();

        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(TimeSpan.FromMilliseconds(250), pauses[0]);
        Assert.Equal(TimeSpan.FromSeconds(30), pauses[^1]);
        Assert.Equal(TimeSpan.FromMilliseconds(250), Die());
    }

    private void Live() => _policy.Observe("Running", HealthStatus.Healthy, null);

    private TimeSpan? Die() => _policy.Observe("Exited", null, 137);
}
