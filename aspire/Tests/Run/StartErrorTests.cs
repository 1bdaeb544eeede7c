using System.Net;
using System.Net.Sockets;

namespace Aspire.StandIn.Tests.Run;

public sealed class StartErrorTests
{
    [RunModeFact(OnlyStandIn = true)]
    public async Task A_missing_orchestrator_is_named_with_its_path_and_the_remedy()
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            RunningModel.StartAsync(builder => builder.AddSleep("worker"), "DcpPublisher:CliPath=/no/such/folder/dcp"));

        Assert.Contains("/no/such/folder/dcp", error.Message, StringComparison.Ordinal);
        Assert.Contains("./shopflow setup", error.Message, StringComparison.Ordinal);
    }

    [RunModeFact(OnlyStandIn = true)]
    public async Task A_taken_port_is_named_with_the_resource_and_the_remedy()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => RunningModel.StartAsync(
            builder => builder.AddWebServer("server").WithEndpoint("http", endpoint => endpoint.Port = port),
            "DcpPublisher:RandomizePorts=false"));

        Assert.Contains("'server'", error.Message, StringComparison.Ordinal);
        Assert.Contains($"Port {port}", error.Message, StringComparison.Ordinal);
        Assert.Contains("choose another port", error.Message, StringComparison.Ordinal);
    }

    [RunModeFact(OnlyStandIn = true)]
    public async Task A_program_that_is_no_orchestrator_is_named()
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            RunningModel.StartAsync(builder => builder.AddSleep("worker"), "DcpPublisher:CliPath=/bin/false"));

        Assert.Contains("/bin/false ended with code 1", error.Message, StringComparison.Ordinal);
    }
}
