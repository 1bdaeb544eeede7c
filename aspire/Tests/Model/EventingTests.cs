using Aspire.Hosting.Eventing;

namespace Aspire.StandIn.Tests.Model;

public sealed class EventingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handlers_are_called_in_turn_and_only_for_their_resource()
    {
        var builder = TestModel.ToRun();
        await using var app = builder.Build();
        var (a, b) = (builder.AddContainer("a", "image"), builder.AddContainer("b", "image"));
        var calls = new List<string>();

        a.OnBeforeResourceStarted((resource, _, _) => Note($"a {resource.Name}"));
        b.OnBeforeResourceStarted((resource, _, _) => Note($"b {resource.Name}"));
        builder.Eventing.Subscribe<BeforeResourceStartedEvent>((@event, _) => Note($"any {@event.Resource.Name}"));
        builder.Eventing.Subscribe<ResourceReadyEvent>((_, _) => Note("ready"));

        await builder.Eventing.PublishAsync(
            new BeforeResourceStartedEvent(b.Resource, app.Services),
            EventDispatchBehavior.BlockingSequential,
            Cancelled);

        Assert.Equal(["b b", "any b"], calls.Where(call => call != "ready"));

        Task Note(string call)
        {
            calls.Add(call);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_handler_that_fails_fails_the_publisher()
    {
        var builder = TestModel.ToRun();
        builder.Eventing.Subscribe<TestEvent>((_, _) => throw new InvalidOperationException("no"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => builder.Eventing.PublishAsync(new TestEvent(), Cancelled));
    }

    [Fact]
    public async Task A_subscription_can_be_ended()
    {
        var builder = TestModel.ToRun();
        var calls = 0;
        var subscription = builder.Eventing.Subscribe<TestEvent>((_, _) =>
        {
            calls++;
            return Task.CompletedTask;
        });

        await builder.Eventing.PublishAsync(new TestEvent(), Cancelled);
        builder.Eventing.Unsubscribe(subscription);
        await builder.Eventing.PublishAsync(new TestEvent(), Cancelled);

        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Handlers_can_run_at_the_same_time()
    {
        var builder = TestModel.ToRun();
        var both = new TaskCompletionSource();
        var waiting = 0;

        Task Meet(TestEvent @event, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref waiting) == 2)
            {
                both.SetResult();
            }

            return both.Task;
        }

        builder.Eventing.Subscribe<TestEvent>(Meet);
        builder.Eventing.Subscribe<TestEvent>(Meet);

        await builder.Eventing.PublishAsync(new TestEvent(), EventDispatchBehavior.BlockingConcurrent, Cancelled)
            .WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
    }

    private sealed class TestEvent : IDistributedApplicationEvent;
}
