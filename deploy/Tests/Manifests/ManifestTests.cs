using ShopFlow.Export.Manifests;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Tests.Manifests;

public sealed class ManifestTests
{
    [Fact]
    public void What_Aspire_writes_is_read_but_for_executables_and_bind_mounts_which_are_refused_with_the_remedy()
    {
        var (_, problems) = Read(Repository.Text("deploy/Tests/Manifests/golden.json"));

        Assert.Collection(
            problems,
            problem => AssertProblem(problem, "migrate", "type", "make it a project or a container"),
            problem => AssertProblem(problem, "script", "type", "make it a project or a container"),
            problem => AssertProblem(problem, "mailpit", "bindMounts[0].source", "put the files into the image, or use a volume"));
    }

    [Fact]
    public void Placeholders_are_resolved_to_addresses_in_the_cluster_and_to_parameters()
    {
        var api = Golden("api");

        Assert.Equal("Host=postgres;Port=5432;Username=<pg-user>;Password=<pg-password>;Database=app_db", Text(api, "ConnectionStrings__appdb"));
        Assert.Equal("postgresql://<pg-user|uri>:<pg-password|uri>@postgres:5432/app_db", Text(api, "APPDB_URI"));
        Assert.Equal("cache:6379,password=<cache-password>", Text(api, "ConnectionStrings__cache"));
        Assert.Equal("redis://:<cache-password|uri>@cache:6379", Text(api, "CACHE_URI"));
        Assert.Equal("amqp://guest:<mq-password|uri>@mq:5672", Text(api, "ConnectionStrings__mq"));
        Assert.Equal("<external-cs>", Text(api, "ConnectionStrings__external-cs"));
        Assert.Equal("8080", Text(api, "HTTP_PORTS"));
        Assert.Equal("value", Text(api, "LITERAL"));
    }

    [Fact]
    public void Https_of_a_project_is_its_http_listener_and_other_endpoints_keep_their_ports()
    {
        var (worker, second) = (Golden("worker"), Golden("api2"));

        Assert.Equal("http://api:8080", Text(worker, "services__api__https__0"));
        Assert.Equal("api:8080", Text(worker, "API_HOSTPORT"));
        Assert.Equal("8000", Text(second, "ADMIN_PORT"));
        Assert.Equal([(8080, 8080), (9001, 8000)], second.Endpoints.Select(endpoint => (endpoint.Port, endpoint.TargetPort)));
    }

    [Fact]
    public void An_arrow_is_an_endpoint_that_a_resource_was_told_through_however_many_placeholders()
    {
        var (model, _) = Read(Repository.Text("deploy/Tests/Manifests/golden.json"));

        Assert.Equal(
            ["api->postgres:5432", "api->cache:6379", "api->mq:5672", "worker->api:8080", "worker->pgdefault:5432"],
            model.Arrows.Select(arrow => $"{arrow.Caller}->{arrow.Callee}:{string.Join(',', arrow.Ports)}"));
    }

    [Theory]
    [InlineData("""{"type": "dream.v0"}""", "type", "'dream.v0' is not known")]
    [InlineData("""{}""", "type", "is missing")]
    [InlineData("""[]""", "type", "is missing")]
    [InlineData("""{"type": "project.v0"}""", "path", "is missing")]
    [InlineData("""{"type": "project.v0", "path": "p", "sidecar": {}}""", "sidecar", "not known for this type")]
    [InlineData("""{"type": "project.v0", "path": "p", "env": {"A": 1}}""", "env.A", "must be a string")]
    [InlineData("""{"type": "project.v0", "path": "p", "args": ["{x"]}""", "args[0]", "no partner")]
    [InlineData("""{"type": "project.v0", "path": "p", "env": {"A": "{nobody.value}"}}""", "env.A", "there is no resource 'nobody'")]
    [InlineData("""{"type": "project.v0", "path": "p", "env": {"A": "{it.bindings.ftp.url}"}}""", "env.A", "it has no endpoint 'ftp'")]
    [InlineData("""{"type": "project.v0", "path": "p", "env": {"A": "{it.bindings.http.colour}"}, "bindings": {"http": {"scheme": "http"}}}""", "env.A", "an endpoint has no colour")]
    [InlineData("""{"type": "project.v0", "path": "p", "env": {"A": "{it}"}}""", "env.A", "names a resource and nothing of it")]
    [InlineData("""{"type": "project.v0", "path": "p", "env": {"A": "{it.connectionString}"}}""", "env.A", "it has no connectionString")]
    [InlineData("""{"type": "project.v0", "path": "p", "bindings": {"https": {"scheme": "https", "transport": "http"}}}""", "bindings", "no http endpoint")]
    [InlineData("""{"type": "project.v0", "path": "p", "bindings": {"http": {"scheme": "http", "targetPort": 80000}}}""", "bindings.http.targetPort", "between 1 and 65535")]
    [InlineData("""{"type": "project.v0", "path": "p", "bindings": {"a": {"scheme": "http", "targetPort": 81}, "b": {"scheme": "http", "targetPort": 81}}}""", "bindings.b.port", "81 is the port of a too")]
    [InlineData("""{"type": "container.v0"}""", "image", "is missing")]
    [InlineData("""{"type": "container.v0", "image": "i", "bindings": {"tcp": {"scheme": "tcp"}}}""", "bindings.tcp.targetPort", "has to say where it listens")]
    [InlineData("""{"type": "value.v0", "connectionString": "{it.connectionString}"}""", "connectionString", "that never ends")]
    [InlineData("""{"type": "parameter.v0", "value": "{it.inputs.value}"}""", "inputs.value", "is missing")]
    [InlineData("""{"type": "parameter.v0", "value": "me", "inputs": {"value": {"type": "string"}}}""", "value", "must be {it.inputs.value}")]
    [InlineData("""{"type": "annotated.string", "value": "x", "filter": "rot13"}""", "filter", "'rot13' is not known")]
    public void What_is_wrong_is_told_with_the_resource_and_the_field(string resource, string field, string message)
    {
        var (_, problems) = Read($$$"""{"resources": {"it": {{{resource}}} } }""");

        Assert.Contains(problems, problem => problem.Source == "it" && problem.Field == field && problem.Message.Contains(message));
    }

    [Theory]
    [InlineData("Orders")]
    [InlineData("orders.api")]
    [InlineData("9lives")]
    [InlineData("ends-")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public void A_name_that_Kubernetes_refuses_is_refused(string name)
    {
        var (_, problems) = Read($$$"""{"resources": {"{{{name}}}": {"type": "project.v0", "path": "p"} } }""");

        AssertProblem(Assert.Single(problems), name, "name", "small letters");
    }

    [Fact]
    public void A_cycle_is_told_as_the_way_round()
    {
        var (_, problems) = Read("""
            {"resources": {
              "a": {"type": "value.v0", "connectionString": "{b.connectionString}"},
              "b": {"type": "value.v0", "connectionString": "{c.connectionString}"},
              "c": {"type": "value.v0", "connectionString": "{b.connectionString}"},
              "p": {"type": "project.v0", "path": "p", "env": {"A": "{a.connectionString}"}}
            }}
            """);

        Assert.Contains(problems, problem => problem is { Source: "p", Field: "env.A" }
            && problem.Message.Contains("b.connectionString needs c.connectionString needs b.connectionString"));
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var (_, problems) = Read("""
            {"resources": {
              "One": {"type": "project.v0", "path": "p"},
              "two": {"type": "dream.v0"},
              "three": {"type": "project.v0", "path": "p", "env": {"A": "{x.value}", "B": "{y.value}"}}
            }}
            """);

        Assert.Equal(["One name", "two type", "three env.A", "three env.B"], problems.Select(problem => $"{problem.Source} {problem.Field}"));
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{\n\"resources\": {", "line 2")]
    [InlineData("{}", "resources")]
    [InlineData("""{"resources": []}""", "resources")]
    public void What_is_no_manifest_is_refused(string json, string field)
    {
        var (_, problems) = Read(json);

        AssertProblem(Assert.Single(problems), "aspire-manifest.json", field, "");
    }

    private static void AssertProblem(ExportProblem problem, string source, string field, string message)
    {
        Assert.Equal((source, field), (problem.Source, problem.Field));
        Assert.Contains(message, problem.Message);
    }

    private static Workload Golden(string name) =>
        Read(Repository.Text("deploy/Tests/Manifests/golden.json")).Model.Workloads.Single(workload => workload.Name == name);

    private static string Text(Workload workload, string variable) => string.Concat(
        workload.Variables.Single(candidate => candidate.Name == variable).Value.Parts.Select(part => part switch
        {
            ParameterValue { IsUriEncoded: true } value => $"<{value.Parameter.Name}|uri>",
            ParameterValue value => $"<{value.Parameter.Name}>",
            FixedText constant => constant.Text,
            _ => throw new ArgumentException(part.ToString()),
        }));

    private static (ShopModel Model, IReadOnlyList<ExportProblem> Problems) Read(string json)
    {
        var problems = new ProblemList();
        var model = new ModelReader(problems).Read(new ManifestReader(problems).Read(json));
        return (model, problems.Problems);
    }
}
