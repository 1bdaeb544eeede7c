using System.Net.Sockets;

namespace Aspire.StandIn.Tests.Model;

public sealed class EndpointTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void An_endpoint_is_named_after_its_scheme_unless_it_has_a_name()
    {
        var server = TestModel.ToRun().AddContainer("server", "image").WithHttpEndpoint().WithEndpoint().WithHttpsEndpoint(name: "admin");

        Assert.Equal(["http", "tcp", "admin"], server.Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.Name));
        Assert.Equal(
            ["http", "tcp", "http"],
            server.Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.Transport));
    }

    [Fact]
    public void The_same_endpoint_again_changes_the_first()
    {
        var server = TestModel.ToRun().AddContainer("server", "image").WithHttpEndpoint(port: 1, targetPort: 2).WithHttpEndpoint(port: 3)
            .WithExternalHttpEndpoints();

        var endpoint = Assert.Single(server.Resource.Annotations.OfType<EndpointAnnotation>());
        Assert.Equal((3, 2, true), (endpoint.Port, endpoint.TargetPort, endpoint.IsExternal));
    }

    [Fact]
    public void Without_a_proxy_there_is_only_one_port()
    {
        Assert.Equal(80, new EndpointAnnotation(ProtocolType.Tcp, port: 80, isProxied: false).TargetPort);
        Assert.Null(new EndpointAnnotation(ProtocolType.Tcp, port: 80).TargetPort);
        Assert.True(new EndpointAnnotation(ProtocolType.Tcp).IsProxied);
    }

    [Theory]
    [InlineData("1st")]
    [InlineData("with space")]
    [InlineData("two--hyphens")]
    [InlineData("end-")]
    [InlineData("")]
    public void Names_that_could_not_be_host_names_are_refused(string name)
    {
        var builder = TestModel.ToRun();

        Assert.ThrowsAny<ArgumentException>(() => builder.AddContainer(name, "image"));
        Assert.ThrowsAny<ArgumentException>(() => builder.AddContainer("server", "image").WithHttpEndpoint(name: name));
    }

    [Fact]
    public void Two_resources_of_one_name_are_refused()
    {
        var builder = TestModel.ToRun();
        builder.AddContainer("server", "image");

        Assert.Throws<DistributedApplicationException>(() => builder.AddContainer("SERVER", "image"));
    }

    [Fact]
    public void A_reference_to_an_endpoint_that_is_not_there_says_which_ones_are()
    {
        var server = TestModel.ToRun().AddContainer("server", "image").WithHttpEndpoint();
        var missing = server.GetEndpoint("admin");

        Assert.False(missing.Exists);
        Assert.Contains("`http`", Assert.Throws<InvalidOperationException>(() => missing.EndpointAnnotation).Message);
    }

    [Fact]
    public void An_address_is_refused_before_it_is_known()
    {
        var server = TestModel.ToRun().AddContainer("server", "image").WithHttpEndpoint(targetPort: 80);
        var endpoint = server.GetEndpoint("http");

        Assert.Throws<InvalidOperationException>(() => endpoint.Url);
        server.Resource.Allocate("http", 5000);

        Assert.True(server.GetEndpoint("http").IsAllocated);
        Assert.Equal("http://localhost:5000", server.GetEndpoint("http").Url);
    }

    [Fact]
    public async Task Every_property_can_be_read_and_written_as_a_placeholder()
    {
        var server = TestModel.ToRun().AddContainer("server", "image").WithHttpEndpoint(targetPort: 80);
        server.Resource.Allocate("http", 5000);

        await AssertReadsAsync(EndpointProperty.Url, "http://localhost:5000", "{server.bindings.http.url}");
        await AssertReadsAsync(EndpointProperty.Host, "localhost", "{server.bindings.http.host}");
        await AssertReadsAsync(EndpointProperty.IPV4Host, "127.0.0.1", "{server.bindings.http.host}");
        await AssertReadsAsync(EndpointProperty.Port, "5000", "{server.bindings.http.port}");
        await AssertReadsAsync(EndpointProperty.TargetPort, "80", "{server.bindings.http.targetPort}");
        await AssertReadsAsync(EndpointProperty.Scheme, "http", "{server.bindings.http.scheme}");
        await AssertReadsAsync(EndpointProperty.HostAndPort, "localhost:5000", "{server.bindings.http.host}:{server.bindings.http.port}");
        await AssertReadsAsync(EndpointProperty.TlsEnabled, "False", "{server.bindings.http.tlsEnabled}");

        async Task AssertReadsAsync(EndpointProperty property, string value, string placeholder)
        {
            var expression = server.GetEndpoint("http").Property(property);
            Assert.Equal((value, placeholder), (await expression.GetValueAsync(Cancelled), expression.ValueExpression));
        }
    }

    [Fact]
    public async Task A_process_without_a_fixed_port_is_told_the_orchestrators_expression()
    {
        var script = TestModel.ToRun().AddExecutable("script", "node", ".").WithHttpEndpoint(env: "PORT");
        script.Resource.Allocate("http", 5000, "{{- portForServing \"script\" -}}");

        Assert.Equal("{{- portForServing \"script\" -}}", (await script.ReadEnvironmentAsync())["PORT"]);
    }
}
