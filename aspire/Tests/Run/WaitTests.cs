namespace Aspire.StandIn.Tests.Run;

public sealed class WaitTests
{
    [RunModeFact]
    public async Task A_resource_that_waits_for_completion_starts_when_the_other_has_ended_well()
    {
        var gate = Path.Combine(Directory.CreateTempSubdirectory("aspire-tests-").FullName, "gate");
        await using var running = RunningModel.Begin(builder =>
        {
            var first = builder.AddShell("first", $"while [ ! -e '{gate}' ]; do sleep 0.05; done");
            builder.AddSleep("second").WaitForCompletion(first);
        });

        await running.WaitForAsync("second", KnownResourceStates.Waiting);
        await running.WaitForAsync("first", KnownResourceStates.Running);
        await File.WriteAllTextAsync(gate, "", TestContext.Current.CancellationToken);

        await running.WaitForAsync("second", KnownResourceStates.Running);
        await running.Started;
    }

    [RunModeFact]
    public async Task A_resource_that_waits_for_completion_fails_when_the_other_ends_with_another_code()
    {
        await using var running = await RunningModel.StartAsync(builder =>
        {
            var first = builder.AddShell("first", "exit 3");
            builder.AddSleep("second").WaitForCompletion(first);
        });

        await running.WaitForAsync("second", KnownResourceStates.FailedToStart);
        await running.WaitForLineAsync(running.InstanceOf("second"), "exit code '3'");
    }

    [RunModeFact]
    public async Task A_resource_that_waits_for_health_starts_after_the_check_is_healthy()
    {
        var gate = Path.Combine(Directory.CreateTempSubdirectory("aspire-tests-").FullName, "gate");
        await using var running = RunningModel.Begin(builder =>
        {
            var server = builder.AddWebServer("server", Path.GetDirectoryName(gate)!).WithHttpHealthCheck("/gate");
            builder.AddSleep("client").WaitFor(server);
        });

        await running.WaitForAsync("server", change => change.Snapshot.HealthReports.Any(report => report.Status is not null));
        await running.WaitForAsync("client", KnownResourceStates.Waiting);
        await File.WriteAllTextAsync(gate, "", TestContext.Current.CancellationToken);

        await running.WaitUntilHealthyAsync("server");
        await running.WaitForAsync("client", KnownResourceStates.Running);
    }

    [RunModeFact]
    public async Task A_waiting_resource_can_be_started_all_the_same()
    {
        await using var running = RunningModel.Begin(builder =>
        {
            var never = builder.AddSleep("never").WithExplicitStart();
            builder.AddSleep("patient").WaitForStart(never);
        });

        await running.WaitForAsync("patient", KnownResourceStates.Waiting);
        var result = await running.ExecuteAsync("patient", KnownResourceCommands.StartCommand);

        Assert.True(result.Success, result.Message);
        await running.WaitForAsync("patient", KnownResourceStates.Running);
    }
}
