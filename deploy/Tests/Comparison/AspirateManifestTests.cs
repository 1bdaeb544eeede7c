using System.Text.Json.Nodes;
using ShopFlow.Export.Manifests;

namespace ShopFlow.Export.Tests.Comparison;

public sealed class AspirateManifestTests
{
    private static readonly JsonNode s_resources = JsonNode.Parse(Exporter.ForAspirate(SmallModel.Input, "/work/small"))!["resources"]!;

    [Fact]
    public void It_has_no_type_that_aspirate_passes_over()
    {
        Assert.All(s_resources.AsObject(), resource => Assert.Contains($"{resource.Value!["type"]}", new[] { "project.v0", "container.v0", "value.v0", "parameter.v0" }));
        Assert.Equal("postgresql://{pg-user.value}:{pg-password.value}@{postgres.bindings.tcp.host}:{postgres.bindings.tcp.port}/app_db", Variable("api", "APPDB_URI"));
    }

    [Fact]
    public void Schemes_and_urls_which_are_all_http_to_aspirate_are_written_out()
    {
        Assert.Equal("redis://:{cache-password.value}@{cache.bindings.tcp.host}:{cache.bindings.tcp.port}", Variable("api", "CACHE_URI"));
        Assert.Equal("http://{api.bindings.http.host}:{api.bindings.http.port}", Variable("worker", "services__api__https__0"));
        Assert.Equal("""{"scheme":"http","protocol":"tcp","transport":"http","external":true,"targetPort":8080}""", s_resources["api"]!["bindings"]!["http"]!.ToJsonString());
        Assert.Null(s_resources["api"]!["bindings"]!["https"]);
    }

    [Fact]
    public void Projects_are_found_from_any_folder_and_parameters_have_a_value_or_get_one()
    {
        Assert.Equal("/work/small/Golden.Api/Golden.Api.csproj", $"{s_resources["api"]!["path"]}");
        Assert.Equal(("eu-west-1", null), ($"{s_resources["region"]!["value"]}", s_resources["region"]!["inputs"]));
        Assert.NotNull(s_resources["api-key"]!["inputs"]!["value"]!["default"]!["generate"]);
    }

    [Fact]
    public void What_aspirate_does_not_know_of_a_project_or_an_endpoint_is_gone()
    {
        var written = AspirateManifest.Write("""
            {"resources": {"it": {
              "type": "project.v1", "path": "p.csproj", "deployment": {"type": "azure.bicep.v0"},
              "env": {"TLS": "{it.bindings.api.tlsEnabled}", "URL": "{it.bindings.api.url}", "BRACES": "{{x}}"},
              "bindings": {"api": {"scheme": "http", "port": 80}}
            } } }
            """, "/work", new Dictionary<string, string>());

        Assert.Equal(
            """{"type":"project.v0","path":"/work/p.csproj","env":{"TLS":"False","URL":"http://{it.bindings.api.host}:{it.bindings.api.port}","BRACES":"{{x}}"},"bindings":{"api":{"scheme":"http","port":80,"targetPort":8080}}}""",
            JsonNode.Parse(written)!["resources"]!["it"]!.ToJsonString());
    }

    [Fact]
    public void What_is_wrong_with_the_manifest_is_told_before_anything_is_written()
    {
        var broken = SmallModel.Input with { Manifest = SmallModel.Input.Manifest.Replace("{postgres.connectionString}", "{nobody.connectionString}") };

        Assert.Contains(Assert.Throws<ExportException>(() => Exporter.ForAspirate(broken, "/")).Problems, problem => problem.Source == "appdb");
    }

    private static string Variable(string resource, string name) => $"{s_resources[resource]!["env"]![name]}";
}
