using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ShopFlow.Export.Tests.Kubernetes;

namespace ShopFlow.Export.Tests.Helm;

public sealed class ValuesSchemaTests
{
    private static readonly JsonNode s_schema = JsonNode.Parse(File.ReadAllText(Path.Combine(HelmChart.Folder, "values.schema.json")))!;

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public void The_values_of_an_environment_are_allowed(string environment) => Assert.Empty(Errors(s_schema, HelmChart.ValuesOf(environment), ""));

    [Theory]
    [InlineData("services.orders.replicas.min", "0")]
    [InlineData("services.orders.replicas.min", "\"two\"")]
    [InlineData("services.orders.cpu.request", "\"lots\"")]
    [InlineData("services.orders.colour", "\"red\"")]
    [InlineData("services.orders.cpu.limit", "1")]
    [InlineData("secrets.from", "\"hunter2\"")]
    [InlineData("secrets.sealed.tokenKey", "\"not base64\"")]
    [InlineData("servers.run", "\"aws\"")]
    [InlineData("parameters.tokenKey", "\"hunter2\"")]
    [InlineData("version", "\"1.2.3+build\"")]
    [InlineData("registry", "\"https://registry.example\"")]
    [InlineData("plainHttp", "\"yes\"")]
    [InlineData("servers.backups", "\"gs://bucket\"")]
    [InlineData("services.gateway.host", "\"API host\"")]
    public void A_wrong_value_is_refused_with_its_name(string path, string json)
    {
        var values = HelmChart.ValuesOf("production");
        HelmChart.Set(values, path, json);

        Assert.Equal([path], Errors(s_schema, values, ""));
    }

    [Fact]
    public void A_value_that_is_taken_away_is_missed()
    {
        var values = HelmChart.ValuesOf("production");
        values["services"]!["orders"]!.AsObject().Remove("memory");

        Assert.Equal(["services.orders.memory"], Errors(s_schema, values, ""));
    }

    // The part of JSON schema that is used: https://json-schema.org/draft-07/json-schema-validation
    private static IEnumerable<string> Errors(JsonNode schema, JsonNode? value, string path)
    {
        if (schema["properties"] is JsonObject properties)
        {
            if (value is not JsonObject members)
                return [path];

            Assert.False(schema["additionalProperties"]!.GetValue<bool>());
            return
            [
                .. schema["required"]!.AsArray().Select(name => name!.GetValue<string>()).Where(name => !members.ContainsKey(name)).Select(name => At(path, name)),
                .. members.SelectMany(member => properties[member.Key] is { } inner ? Errors(inner, member.Value, At(path, member.Key)) : [At(path, member.Key)]),
            ];
        }

        var kind = value?.GetValueKind();
        var isRight = schema switch
        {
            _ when schema["enum"] is JsonArray allowed => allowed.Any(it => JsonNode.DeepEquals(it, value)),
            _ => schema["type"]!.GetValue<string>() switch
            {
                "string" => kind == JsonValueKind.String && (schema["pattern"] is not { } pattern || Regex.IsMatch(value!.GetValue<string>(), pattern.GetValue<string>())),
                "integer" => kind == JsonValueKind.Number && value!.GetValue<double>() >= schema["minimum"]!.GetValue<int>() && value.GetValue<double>() <= schema["maximum"]!.GetValue<int>(),
                "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
                var other => throw new FormatException($"The type {other} is not known."),
            },
        };
        return isRight ? [] : [path];
    }

    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
