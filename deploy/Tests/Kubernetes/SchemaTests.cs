using System.Text.Json.Nodes;

namespace ShopFlow.Export.Tests.Kubernetes;

public sealed class SchemaTests
{
    private static readonly Lazy<SchemaValidator?> s_validator = new(() =>
        Environment.GetEnvironmentVariable("SHOPFLOW_K8S_SCHEMAS") is { Length: > 0 } folder && Directory.Exists(folder) ? new SchemaValidator(folder) : null);

    /// <summary>Skips the test where there are no schemas.</summary>
    internal static SchemaValidator Validator
    {
        get
        {
            Assert.SkipWhen(s_validator.Value is null, "SHOPFLOW_K8S_SCHEMAS names no folder with the OpenAPI schemas of Kubernetes and of the operators.");
            return s_validator.Value;
        }
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    [MemberData(nameof(Overlays.GameDays), MemberType = typeof(Overlays))]
    public async Task Every_object_is_what_its_schema_says_and_nothing_else(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);

        Assert.NotEmpty(objects);
        Assert.Empty(objects.SelectMany(Validator.Errors));
    }

    [Theory]
    [InlineData("spec.template.spec.containers[0].ressources", "{}", "ressources: is not known")]
    [InlineData("spec.replicas", "\"two\"", "must be integer")]
    [InlineData("spec.selector", null, "selector: is missing")]
    [InlineData("spec.template.spec.containers[0].imagePullPolicy", "7", "must be string")]
    public async Task A_mistake_is_found(string path, string? value, string error)
    {
        var deployment = (await Overlays.BuildAsync("dev")).First(it => it.Kind == "Deployment");
        var changed = new KubernetesObject(deployment.Json.DeepClone().AsObject());
        Set(changed.Json, path, value is null ? null : JsonNode.Parse(value));

        Assert.Contains(Validator.Errors(changed), found => found.Contains(error));
    }

    private static void Set(JsonNode root, string path, JsonNode? value)
    {
        var steps = path.Replace("[0]", ".0").Split('.');
        var parent = steps[..^1].Aggregate(root, (node, step) => node is JsonArray list ? list[int.Parse(step, null)]! : node[step]!).AsObject();
        if (value is null)
            parent.Remove(steps[^1]);
        else
            parent[steps[^1]] = value;
    }
}
