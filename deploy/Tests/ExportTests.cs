using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ShopFlow.Export.Tests.Kubernetes;

namespace ShopFlow.Export.Tests;

public sealed class ExportTests
{
    [Fact]
    public async Task What_is_committed_is_what_the_model_gives()
    {
        var exported = Exporter.Export(await AppHostManifest.InputAsync());

        var difference = FileDifference.Between(Files.Read(Repository.Path("deploy/kubernetes")), exported).Take(40).ToArray();

        Assert.True(difference.Length == 0, $"deploy/kubernetes is stale: run ./shopflow export and commit what it writes.\n{string.Join('\n', difference)}");
    }

    [Fact]
    public async Task The_graph_in_the_docs_is_that_of_the_model()
    {
        foreach (var (name, text) in Exporter.Graph(await AppHostManifest.TextAsync()))
            Assert.True(Repository.Text($"docs/{name}") == text, $"docs/{name} is stale: run ./shopflow export --graph and commit what it writes.");
    }

    [Theory]
    [InlineData("1.2.3+build")]
    [InlineData("-1")]
    [InlineData("")]
    public async Task A_version_that_no_label_can_have_is_refused(string version)
    {
        var input = await AppHostManifest.InputAsync("dev") with { Version = version };
        Assert.Equal("version", Assert.Single(Assert.Throws<ExportException>(() => Exporter.Export(input)).Problems).Field);
    }

    [Fact]
    public async Task The_same_input_gives_the_same_bytes_wherever_the_checkout_is()
    {
        var input = await AppHostManifest.InputAsync();
        var elsewhere = input with { Manifest = Regex.Replace(input.Manifest, "shopflow.apphost-[0-9a-f]{10}", "shopflow.apphost-0123456789") };

        Assert.NotEqual(input.Manifest, elsewhere.Manifest);
        Assert.Equal(Exporter.Export(input), Exporter.Export(elsewhere));
    }

    [Fact]
    public async Task Without_an_arrow_exactly_what_it_allowed_is_gone()
    {
        var input = await AppHostManifest.InputAsync("dev");
        var manifest = JsonNode.Parse(input.Manifest)!;
        var variables = manifest["resources"]!["orders"]!["env"]!.AsObject();
        variables.Remove("CART_HTTP");
        variables.Remove("services__cart__http__0");

        var difference = FileDifference.Between(Exporter.Export(input), Exporter.Export(input with { Manifest = manifest.ToJsonString() })).ToArray();

        Assert.Equal(
            ["base/cart/authorization-policy.yaml", "base/cart/network-policy.yaml", "base/orders/kustomization.yaml", "base/orders/network-policy.yaml", "base/orders/sidecar.yaml"],
            difference.Where(line => line.StartsWith("+++ ", StringComparison.Ordinal)).Select(line => line[4..]));
        Assert.DoesNotContain(difference, line => line.StartsWith('+') && !line.StartsWith("+++", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("replicas: {min: 4, max: 5}, cpu: {request: 7m, limit: \"3\"}, memory: {measured: 500, margin: 3}, scaling: {cpu: 11, memory: 12}")]
    [InlineData("calls: {gateway: [GET /here]}")]
    [InlineData("outside: ['mail.example:587', '*:443']")]
    [InlineData("storage: {path: /data, size: 3Gi}, replicas: {min: 1, max: 1}")]
    public async Task A_setting_means_the_same_in_the_file_of_an_environment_as_in_that_for_all(string setting)
    {
        var input = await AppHostManifest.InputAsync("dev");

        var usual = await Overlays.BuildAsync(input);
        var forAll = await Overlays.BuildAsync(With("common.yaml", "recommendations: {}"));
        var forOne = await Overlays.BuildAsync(With("dev.yaml", "gateway: {host: \"*\"}"));

        Assert.NotEqual(Texts(usual), Texts(forAll));
        Assert.Equal(Texts(forAll), Texts(forOne));

        ExportInput With(string file, string found) =>
            input.With(file, found, found.StartsWith("recommendations", StringComparison.Ordinal) ? $"recommendations: {{{setting}}}" : $"{found}\n  recommendations: {{{setting}}}");

        static IEnumerable<string> Texts(IEnumerable<KubernetesObject> objects) => objects.Select(it => it.Json.ToJsonString()).Order();
    }

    [Fact]
    public async Task Without_any_one_arrow_both_its_ends_lose_rules_and_nobody_else_does()
    {
        var input = await AppHostManifest.InputAsync("dev");
        var before = Exporter.Export(input);
        var arrows = AppHostManifest.Arrows(input.Manifest).Where(arrow => before.ContainsKey($"base/{arrow.Callee}/service.yaml")).ToArray();

        Assert.True(arrows.Length > 20, $"There are {arrows.Length} arrows between services.");
        Assert.All(arrows, arrow =>
        {
            var manifest = JsonNode.Parse(input.Manifest)!;
            var variables = manifest["resources"]![arrow.Caller]!["env"]!.AsObject();
            foreach (var (name, _) in variables.Where(variable => $"{variable.Value}".Contains($"{{{arrow.Callee}.bindings.")).ToArray())
                variables.Remove(name);

            var difference = FileDifference.Between(before, Exporter.Export(input with { Manifest = manifest.ToJsonString() })).ToArray();
            var changed = difference.Where(line => line.StartsWith("--- ", StringComparison.Ordinal)).Select(line => line[4..]).ToArray();

            string[] rules =
            [
                $"base/{arrow.Caller}/network-policy.yaml", $"base/{arrow.Caller}/sidecar.yaml",
                $"base/{arrow.Callee}/network-policy.yaml", $"base/{arrow.Callee}/authorization-policy.yaml",
            ];
            Assert.Superset(rules.ToHashSet(), changed.ToHashSet());
            Assert.All(changed, path => Assert.Contains(path.Split('/')[1], new[] { arrow.Caller, arrow.Callee }));
            // Where the last rule went an empty list is left.
            Assert.DoesNotContain(difference, line => line.StartsWith('+') && !line.StartsWith("+++", StringComparison.Ordinal) && !line.EndsWith(": []", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task The_version_and_the_registry_can_be_given_and_images_are_named_in_one_place()
    {
        var input = await AppHostManifest.InputAsync("dev") with { Version = "2.7.1", Registry = "registry.test/shop" };

        var files = Exporter.Export(input);

        Assert.Contains("newName: registry.test/shop/orders\n    newTag: \"2.7.1\"\n", files["overlays/dev/kustomization.yaml"]);
        Assert.Contains("nameSuffix: \"-2-7-1\"", files["overlays/dev/migrations/kustomization.yaml"]);
        Assert.Single(files, file => file.Value.Contains("registry.test"));
    }

    [Fact]
    public async Task No_secret_is_written_down()
    {
        var files = Exporter.Export(await AppHostManifest.InputAsync());

        // A Secret is there empty or not at all, and a password is only ever a reference.
        Assert.DoesNotContain(files, file => Regex.IsMatch(file.Value, @"^kind: Secret$", RegexOptions.Multiline) && Regex.IsMatch(file.Value, "^(data|stringData):", RegexOptions.Multiline));
        Assert.All(
            files.Values.SelectMany(text => Regex.Matches(text, @"(?i)(password|pass|secret|key)=([^;""\s]+)")),
            match => Assert.StartsWith("$", match.Groups[2].Value));
    }

    [Theory]
    [InlineData("search: {}", "search: {}\n  ghost: {}", "ghost", "the model has no such service")]
    [InlineData("search: {}", "", "settings", "are missing")]
    [InlineData("min: 2, max: 6", "min: 7, max: 6", "min", "is more than max, which is 6")]
    [InlineData("min: 2, max: 6", "min: two, max: 6", "min", "must be a number from 1 to 1000")]
    [InlineData("measured: 200, margin: 2}  #", "measured: 128, margin: 2, colour: red}  #", "colour", "is not known")]
    [InlineData("request: 100m, limit: \"1\"}\n  memory: {measured: 200, margin: 2}  #", "request: lots, limit: \"1\"}\n  memory: {measured: 200, margin: 2}  #", "request", "'lots' is no quantity")]
    [InlineData("    host: api\n", "", "host", "the model lets the internet reach gateway")]
    [InlineData("search: {}", "search: {host: pay}", "host", "no WithExternalHttpEndpoints()")]
    [InlineData("POST /payments/webhooks", "SEND /payments/webhooks", "payment-sandbox", "must be a list of operations")]
    [InlineData("  mail-username: shop", "  mail-username: shop\n  token-key: hunter2", "token-key", "belongs into the secret store")]
    [InlineData("POST /internal/products]", "POST /internal/products]\n      ordrs: [GET /x]", "ordrs", "the model has no such caller")]
    [InlineData("run: containers ", "run: magic ", "run", "must be one of containers")]
    [InlineData("registry:", "registri:", "registry", "is missing")]
    public async Task A_wrong_setting_is_told_with_its_file_and_line(string found, string replacement, string field, string message)
    {
        var input = (await AppHostManifest.InputAsync()).With("common.yaml", found, replacement);

        var thrown = Assert.Throws<ExportException>(() => Exporter.Export(input));

        Assert.Contains(thrown.Problems, problem => problem.Field.EndsWith(field, StringComparison.Ordinal) && problem.Message.Contains(message));
    }

    [Fact]
    public async Task A_parameter_without_a_value_is_told_with_the_remedy()
    {
        var input = await AppHostManifest.InputAsync("dev");
        var manifest = JsonNode.Parse(input.Manifest)!;
        manifest["resources"]!["region"] = JsonNode.Parse("""{"type": "parameter.v0", "value": "{region.inputs.value}", "inputs": {"value": {"type": "string"} } }""");
        manifest["resources"]!["orders"]!["env"]!["REGION"] = "{region.value}";

        var thrown = Assert.Throws<ExportException>(() => Exporter.Export(input with { Manifest = manifest.ToJsonString() }));
        Assert.Contains(thrown.Problems, problem => problem.Source == "region" && problem.Message.Contains("dev.yaml has to name it under parameters"));
    }
}
