namespace Aspire.StandIn.Tests.Run;

public sealed class ContainerTests
{
    [RunModeFact(OnlyStandIn = true)]
    public async Task Without_a_container_engine_a_container_says_so_and_everything_else_runs()
    {
        var absent = new[] { "podman", "docker" }.FirstOrDefault(engine => !IsOnPath(engine));
        Assert.SkipWhen(absent is null, "This machine has every container engine.");

        await using var running = await RunningModel.StartAsync(
            builder =>
            {
                builder.AddContainer("cache", "docker.io/library/redis", "8").WithEndpoint(targetPort: 6379, name: "tcp");
                builder.AddSleep("worker");
            },
            $"DcpPublisher:ContainerRuntime={absent}");

        await running.WaitForAsync("cache", KnownResourceStates.RuntimeUnhealthy);
        await running.WaitForLineAsync(running.InstanceOf("cache"), "No container engine answers");
        await running.WaitForAsync("worker", KnownResourceStates.Running);
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
