namespace Aspire.StandIn.Tests.Model;

public sealed class ReferenceExpressionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_are_read_late_and_placeholders_are_written_for_a_manifest()
    {
        var builder = TestModel.ToRun();
        var password = builder.AddParameter("password", "p@ss word");
        var server = builder.AddContainer("server", "image").WithEndpoint(name: "tcp", targetPort: 1);
        var endpoint = server.GetEndpoint("tcp");

        var expression = ReferenceExpression.Create(
            $"Host={endpoint.Property(EndpointProperty.Host)}:{endpoint.Property(EndpointProperty.Port)};Password={password}");
        var reading = expression.GetValueAsync(Cancelled).AsTask();

        Assert.False(reading.IsCompleted);
        server.Resource.Allocate("tcp", 4711);

        Assert.Equal("Host=localhost:4711;Password=p@ss word", await reading);
        Assert.Equal("Host={server.bindings.tcp.host}:{server.bindings.tcp.port};Password={password.value}", expression.ValueExpression);
    }

    [Fact]
    public async Task The_uri_format_encodes_values_and_literals()
    {
        var password = TestModel.ToRun().AddParameter("password", "a/b@c");
        var user = "x y";

        var expression = ReferenceExpression.Create($"amqp://{user:uri}:{password:uri}@host");

        Assert.Equal("amqp://x%20y:a%2Fb%40c@host", await expression.GetValueAsync(Cancelled));
    }

    [Fact]
    public async Task Braces_in_text_stay_as_they_are()
    {
        var json = "{\"a\":1}";

        Assert.Equal("{\"a\":1} and {b}", await ReferenceExpression.Create($"{json} and {{b}}").GetValueAsync(Cancelled));
    }

    [Fact]
    public async Task An_expression_in_an_expression_is_filled_in_too()
    {
        var name = TestModel.ToRun().AddParameter("name", "shop");
        var inner = ReferenceExpression.Create($"[{name}]");

        Assert.Equal("<[shop]>", await ReferenceExpression.Create($"<{inner}>").GetValueAsync(Cancelled));
    }

    [Theory]
    [InlineData("True", "on")]
    [InlineData("true", "on")]
    [InlineData("no", "off")]
    public async Task A_conditional_chooses_when_it_is_read(string value, string expected)
    {
        var condition = TestModel.ToRun().AddParameter("tls", value).Resource;
        var conditional = ReferenceExpression.CreateConditional(
            condition,
            bool.TrueString,
            ReferenceExpression.Create($"on"),
            ReferenceExpression.Create($"off"));

        Assert.Equal(expected, await conditional.GetValueAsync(Cancelled));
    }

    [Fact]
    public void A_conditional_has_a_stable_name_in_the_manifest()
    {
        var cache = TestModel.ToRun().AddRedis("cache");

        Assert.EndsWith(
            "{cond-cache-bindings-tcp-tlsenabled-3eddb73a.connectionString}",
            cache.Resource.ConnectionStringExpression.ValueExpression);
    }

    [Fact]
    public async Task Nothing_is_told_apart_from_empty()
    {
        Assert.Null(await ReferenceExpression.Empty.GetValueAsync(Cancelled));
        Assert.Null(await new ReferenceExpressionBuilder().Build().GetValueAsync(Cancelled));
    }

    [Fact]
    public async Task A_builder_puts_an_expression_together_in_steps()
    {
        var name = TestModel.ToRun().AddParameter("name", "shop");
        var steps = new ReferenceExpressionBuilder();

        Assert.True(steps.IsEmpty);
        steps.AppendLiteral("a=");
        steps.Append($"{name};");
        steps.AppendFormatted("b c", "uri");

        Assert.Equal("a=shop;b%20c", await steps.Build().GetValueAsync(Cancelled));
    }
}
