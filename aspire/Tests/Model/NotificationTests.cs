using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.StandIn.Tests.Model;

public sealed class NotificationTests : IAsyncDisposable
{
    private readonly IDistributedApplicationBuilder _builder = TestModel.ToRun();
    private readonly DistributedApplication _app;
    private readonly Source _source;

    public NotificationTests()
    {
        _source = _builder.AddResource(new Source("source")).Resource;
        _app = _builder.Build();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ResourceNotificationService Notifications => _app.ResourceNotifications;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_wait_ends_when_the_state_is_reached()
    {
        var waiting = Notifications.WaitForResourceAsync("SOURCE", [KnownResourceStates.Running, KnownResourceStates.Exited], Cancelled);

        await ShowAsync(KnownResourceStates.Starting);
        Assert.False(waiting.IsCompleted);
        await ShowAsync(KnownResourceStates.Running);

        Assert.Equal("Running", await waiting);
        await Notifications.WaitForResourceAsync("source", cancellationToken: Cancelled);
    }

    [Fact]
    public async Task A_wait_can_be_for_anything_that_a_snapshot_says()
    {
        await ShowAsync(KnownResourceStates.Exited, exitCode: 3);

        var found = await Notifications.WaitForResourceAsync("source", candidate => candidate.Snapshot.ExitCode is not null, Cancelled);
        Assert.Equal(3, found.Snapshot.ExitCode);
    }

    [Fact]
    public async Task A_wait_that_is_cut_off_says_where_the_resource_had_got_to()
    {
        await ShowAsync(KnownResourceStates.Starting);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Notifications.WaitForResourceAsync("source", KnownResourceStates.Running, source.Token));
        Assert.Contains("Current State: Starting", exception.Message);
    }

    [Fact]
    public async Task Watching_begins_with_what_is_known()
    {
        await ShowAsync(KnownResourceStates.Running);

        await foreach (var seen in Notifications.WatchAsync(Cancelled))
        {
            Assert.Equal(("source", "source", "Running"), (seen.Resource.Name, seen.ResourceId, seen.Snapshot.State?.Text));
            break;
        }

        Assert.True(Notifications.TryGetCurrentState("source", out var current));
        Assert.Equal(HealthStatus.Healthy, current.Snapshot.HealthStatus);
        Assert.False(Notifications.TryGetCurrentState("nobody", out _));
    }

    [Fact]
    public async Task Waiting_for_the_health_of_a_resource_that_failed_ends_with_an_error()
    {
        await ShowAsync(KnownResourceStates.FailedToStart);

        await Assert.ThrowsAsync<DistributedApplicationException>(
            () => Notifications.WaitForResourceHealthyAsync("source", WaitBehavior.StopOnResourceUnavailable, Cancelled));
        await Assert.ThrowsAsync<DistributedApplicationException>(
            () => Notifications.WaitForResourceHealthyAsync("nobody", WaitBehavior.StopOnResourceUnavailable, Cancelled));
    }

    [Fact]
    public async Task A_resource_waits_until_what_it_waits_for_has_started()
    {
        var waiter = _builder.AddContainer("waiter", "image").WaitForStart(_builder.CreateResourceBuilder(_source)).Resource;
        var waiting = Notifications.WaitForDependenciesAsync(waiter, Cancelled);

        await Notifications.WaitForResourceAsync("waiter", KnownResourceStates.Waiting, Cancelled);
        Assert.False(waiting.IsCompleted);
        await ShowAsync(KnownResourceStates.Running);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
    }

    [Fact]
    public async Task A_resource_that_waits_fails_with_what_it_waits_for_unless_it_is_to_go_on_waiting()
    {
        var source = _builder.CreateResourceBuilder(_source);
        var stops = _builder.AddContainer("stops", "image").WaitForStart(source, WaitBehavior.StopOnResourceUnavailable).Resource;
        var goesOn = _builder.AddContainer("goes-on", "image").WaitForStart(source, WaitBehavior.WaitOnResourceUnavailable).Resource;
        var waiting = Notifications.WaitForDependenciesAsync(goesOn, Cancelled);

        await ShowAsync(KnownResourceStates.FailedToStart);

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => Notifications.WaitForDependenciesAsync(stops, Cancelled));
        Assert.Contains("'source'", exception.Message);
        Assert.False(waiting.IsCompleted);

        await ShowAsync(KnownResourceStates.Running);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(2, 2, true)]
    public async Task A_completion_counts_only_with_the_expected_exit_code(int expected, int exitCode, bool completes)
    {
        var waiter = _builder.AddContainer("waiter", "image").WaitForCompletion(_builder.CreateResourceBuilder(_source), expected).Resource;
        var waiting = Notifications.WaitForDependenciesAsync(waiter, Cancelled);

        await ShowAsync(KnownResourceStates.Running);
        Assert.False(waiting.IsCompleted);
        await ShowAsync(KnownResourceStates.Finished, exitCode);

        if (completes)
        {
            await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        }
        else
        {
            await Assert.ThrowsAsync<DistributedApplicationException>(() => waiting);
        }
    }

    [Fact]
    public async Task Commands_and_their_state_are_part_of_the_snapshot()
    {
        _builder.CreateResourceBuilder(_source)
            .WithCommand("purge", "Purge", _ => Task.FromResult(CommandResults.Success()), new CommandOptions
        {
            UpdateState = context =>
                context.ResourceSnapshot.State?.Text == "Running" ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
        });

        await ShowAsync(KnownResourceStates.Starting);
        Assert.Equal(ResourceCommandState.Disabled, StateOfPurge());
        await ShowAsync(KnownResourceStates.Running);
        Assert.Equal(ResourceCommandState.Enabled, StateOfPurge());

        ResourceCommandState StateOfPurge() =>
            Notifications.TryGetCurrentState("source", out var current)
                ? current.Snapshot.Commands.Single(command => command.Name == "purge").State
                : default;
    }

    private Task ShowAsync(string state, int? exitCode = null) =>
        Notifications.PublishUpdateAsync(_source, snapshot => snapshot with { State = state, ExitCode = exitCode });

    private sealed class Source(string name) : Resource(name);
}
