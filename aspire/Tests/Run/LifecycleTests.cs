using System.Diagnostics;

namespace Aspire.StandIn.Tests.Run;

public sealed class LifecycleTests
{
    [RunModeFact]
    public async Task A_resource_with_explicit_start_starts_on_command_only()
    {
        await using var running = await RunningModel.StartAsync(builder => builder.AddSleep("manual").WithExplicitStart());

        await running.WaitForAsync("manual", KnownResourceStates.NotStarted);
        await running.ExecuteAsync("manual", KnownResourceCommands.StartCommand);

        await running.WaitForAsync("manual", KnownResourceStates.Running);
    }

    [RunModeFact]
    public async Task A_stopped_resource_has_ended_and_can_be_started_again_as_another_process()
    {
        await using var running = await RunningModel.StartAsync(builder => builder.AddSleep("worker"));
        var first = ProcessId(await running.WaitForAsync("worker", HasProcess));

        Assert.True((await running.ExecuteAsync("worker", KnownResourceCommands.StopCommand)).Success);
        await running.WaitForAsync("worker", KnownResourceStates.Finished);
        Assert.False(IsAlive(first));

        Assert.True((await running.ExecuteAsync("worker", KnownResourceCommands.StartCommand)).Success);
        var second = ProcessId(await running.WaitForAsync("worker", HasProcess));
        Assert.NotEqual(first, second);
    }

    [RunModeFact]
    public async Task A_restart_gives_another_process()
    {
        await using var running = await RunningModel.StartAsync(builder => builder.AddSleep("worker"));
        var first = ProcessId(await running.WaitForAsync("worker", HasProcess));

        Assert.True((await running.ExecuteAsync("worker", KnownResourceCommands.RestartCommand)).Success);

        var second = await running.WaitForAsync("worker", change => HasProcess(change) && ProcessId(change) != first);
        Assert.False(IsAlive(first));
        Assert.Null(second.Snapshot.ExitCode);
    }

    [RunModeFact]
    public async Task A_process_that_crashes_shows_its_exit_code_and_can_be_started_again()
    {
        await using var running = await RunningModel.StartAsync(builder => builder.AddShell("brittle", "echo broken >&2; exit 7"));

        var ended = await running.WaitForAsync("brittle", KnownResourceStates.Finished);
        Assert.Equal(7, ended.Snapshot.ExitCode);
        Assert.NotNull(ended.Snapshot.StopTimeStamp);

        var result = await running.ExecuteAsync("brittle", KnownResourceCommands.StartCommand);
        Assert.True(result.Success, result.Message);
        await running.WaitForAsync(
            "brittle",
            change => change.Snapshot is { ExitCode: 7, StopTimeStamp: { } stop } && stop > ended.Snapshot.StopTimeStamp);
    }

    [RunModeFact]
    public async Task A_program_that_is_not_there_fails_to_start_and_its_log_says_why()
    {
        await using var running = await RunningModel.StartAsync(builder => builder.AddExecutable("absent", "/no/such/program", "/"));

        await running.WaitForAsync("absent", KnownResourceStates.FailedToStart);
        await running.WaitForLineAsync(running.InstanceOf("absent"), "no such file or directory");
    }

    [RunModeFact]
    public async Task A_custom_command_runs_in_the_AppHost_with_the_name_of_the_instance()
    {
        var names = new List<string>();
        await using var running = await RunningModel.StartAsync(builder => builder.AddSleep("worker").WithCommand("poke", "Poke", context =>
        {
            names.Add(context.ResourceName);
            return Task.FromResult(CommandResults.Success());
        }));

        Assert.True((await running.ExecuteAsync("worker", "poke")).Success);
        Assert.Equal([running.InstanceOf("worker")], names);
    }

    [RunModeFact]
    public async Task Stopping_the_application_ends_every_process_within_5_s()
    {
        var running = await RunningModel.StartAsync(builder =>
        {
            builder.AddSleep("one");
            builder.AddShell("two", "trap 'exit 0' TERM; while :; do sleep 0.1; done");
        });
        int[] processes =
        [
            ProcessId(await running.WaitForAsync("one", HasProcess)),
            ProcessId(await running.WaitForAsync("two", HasProcess)),
        ];

        var clock = Stopwatch.StartNew();
        await running.DisposeAsync();

        Assert.All(processes, process => Assert.False(IsAlive(process)));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static bool HasProcess(ResourceEvent change) =>
        change.Snapshot.State?.Text == KnownResourceStates.Running && Property(change) is int;

    private static int ProcessId(ResourceEvent change) => (int)Property(change)!;

    private static object? Property(ResourceEvent change) =>
        change.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value;

    private static bool IsAlive(int process) => Directory.Exists($"/proc/{process}");
}
