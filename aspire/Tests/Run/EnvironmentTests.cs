namespace Aspire.StandIn.Tests.Run;

public sealed class EnvironmentTests
{
    [RunModeFact(OnlyStandIn = true)]
    public async Task Parameters_reach_the_process_whatever_characters_they_have()
    {
        await using var running = await RunningModel.StartAsync(
            builder => builder.AddShell("show", "echo \"key=$KEY\"; echo \"args=$0\"")
                .WithArgs("{{arg}}")
                .WithEnvironment("KEY", builder.AddParameter("key", secret: true)),
            "Parameters:key=a{{b}} {{{c \"d\"");

        await running.WaitForLineAsync(running.InstanceOf("show"), "key=a{{b}} {{{c \"d\"");
        await running.WaitForLineAsync(running.InstanceOf("show"), "args={{arg}}");
    }

    [RunModeFact]
    public async Task A_reference_gives_the_address_of_the_proxy_and_the_process_gets_a_port_of_its_own()
    {
        await using var running = await RunningModel.StartAsync(builder =>
        {
            var server = builder.AddWebServer("server");
            builder.AddShell("client", "echo \"at=$services__server__http__0\"").WithReference(server.GetEndpoint("http"));
        });

        var url = ((IResourceWithEndpoints)running.Resource("server")).GetEndpoint("http").Url;
        await running.WaitForLineAsync(running.InstanceOf("client"), $"at={url}");

        var server = await running.WaitForAsync("server", KnownResourceStates.Running);
        var own = server.Snapshot.EnvironmentVariables.Single(variable => variable.Name == "PORT").Value;
        Assert.NotEqual(new Uri(url).Port.ToString(), own);
    }

    [RunModeFact]
    public async Task A_missing_parameter_stops_only_the_resource_that_needs_it_and_is_named()
    {
        await using var running = await RunningModel.StartAsync(builder =>
        {
            builder.AddSleep("needy").WithEnvironment("KEY", builder.AddParameter("absent-key"));
            builder.AddSleep("other");
        });

        await running.WaitForAsync("needy", KnownResourceStates.FailedToStart);
        await running.WaitForLineAsync(running.InstanceOf("needy"), "absent-key");
        await running.WaitForAsync("other", KnownResourceStates.Running);
        await running.WaitForAsync("absent-key", KnownResourceStates.ValueMissing);
    }

    [RunModeFact]
    public async Task Output_and_errors_are_kept_apart_and_are_complete_when_the_end_is_told()
    {
        await using var running = await RunningModel.StartAsync(
            builder => builder.AddShell("talk", "for i in 1 2 3 4 5; do echo out$i; echo err$i >&2; done"));
        await running.WaitForAsync("talk", KnownResourceStates.Finished);

        var lines = await running.ReadLogAsync("talk");

        Assert.Equal(["out1", "out2", "out3", "out4", "out5"], Text(lines.Where(line => !line.IsErrorMessage)));
        Assert.Equal(["err1", "err2", "err3", "err4", "err5"], Text(lines.Where(line => line.IsErrorMessage)));
    }

    private static string[] Text(IEnumerable<LogLine> lines) => [.. lines.Select(line => line.Content.Split(' ', 2)[1])];
}
