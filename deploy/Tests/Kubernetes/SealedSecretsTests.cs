using ShopFlow.Export.Helm;
using ShopFlow.Export.Tests.Helm;

namespace ShopFlow.Export.Tests.Kubernetes;

public sealed class SealedSecretsTests
{
    private const string File = "production.sealed.yaml";

    [Fact]
    public async Task Every_secret_of_the_model_is_there_encrypted_and_in_the_forms_that_pods_and_operators_want()
    {
        var (sealedOnes, external) = (await Overlays.BuildAsync(await InputAsync()), await Overlays.BuildAsync("production"));
        var secrets = sealedOnes.Where(it => it.Kind == "SealedSecret").ToDictionary(it => it.Name);
        var expected = external.Where(it => it.Kind == "ExternalSecret").ToArray();

        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(it => it.Name).Order(), secrets.Keys.Order());
        Assert.DoesNotContain(sealedOnes, it => it.Kind is "ExternalSecret" or "SecretStore" or "Secret");
        foreach (var it in expected)
        {
            Assert.Equal(it.Spec["target"]!["template"]!.ToJsonString(), secrets[it.Name].Spec["template"]!.ToJsonString());
            var (key, value) = Assert.Single(secrets[it.Name].Spec["encryptedData"]!.AsObject());
            Assert.Equal(("value", Sealed(it.Name)), (key, $"{value}"));
        }
    }

    [Fact]
    public async Task They_are_what_their_schema_says() =>
        Assert.Empty((await Overlays.BuildAsync(await InputAsync())).SelectMany(SchemaTests.Validator.Errors));

    [Fact]
    public async Task The_chart_installs_them_from_its_values()
    {
        var values = HelmChart.ValuesOf("production");
        values["secrets"]!["from"] = "sealed";
        foreach (var name in await NamesAsync())
            values["secrets"]!["sealed"]![ChartSettings.NameOf(name)] = Sealed(name);

        var (applied, installed) = (ChartTests.Comparable(await Overlays.BuildAsync(await InputAsync())), ChartTests.Comparable(HelmChart.Render(values)));

        Assert.True(applied.Remove("Namespace/shopflow"));
        Assert.Empty(FileDifference.Between(applied, installed).Take(40));
    }

    [Fact]
    public void The_chart_names_a_value_that_it_misses()
    {
        var values = HelmChart.ValuesOf("production");
        values["secrets"]!["from"] = "sealed";

        Assert.Contains("secrets.sealed.adminPassword is missing", Assert.Throws<InvalidOperationException>(() => HelmChart.Render(values)).Message);
    }

    [Fact]
    public async Task One_that_is_missing_is_told_with_the_command_that_makes_it()
    {
        var input = await InputAsync();
        var problem = Problem(input.With(File, $"token-key: {Sealed("token-key")}\n", ""));

        Assert.Equal("token-key", problem.Field);
        Assert.Contains("kubeseal --raw --namespace shopflow --name token-key", problem.Message);
    }

    [Fact]
    public async Task A_value_that_nobody_sealed_is_refused_and_not_repeated()
    {
        var input = await InputAsync();
        var problem = Problem(input.With(File, Sealed("token-key"), "hunter2"));

        Assert.Equal("token-key", problem.Field);
        Assert.DoesNotContain("hunter2", problem.ToString());
    }

    [Fact]
    public async Task One_that_the_model_does_not_have_is_told()
    {
        var input = await InputAsync();
        Assert.Equal("ghost", Problem(input.With(File, "token-key:", $"ghost: {Sealed("ghost")}\ntoken-key:")).Field);
    }

    private static ExportProblem Problem(ExportInput input) => Assert.Single(Assert.Throws<ExportException>(() => Exporter.Export(input)).Problems);

    private static async Task<ExportInput> InputAsync()
    {
        var input = (await AppHostManifest.InputAsync("production")).With("production.yaml", "secrets: {from: aws, region: eu-west-1}", "secrets: {from: sealed}");
        return input with
        {
            Settings = new Dictionary<string, string>(input.Settings) { [File] = string.Concat((await NamesAsync()).Select(name => $"{name}: {Sealed(name)}\n")) },
        };
    }

    private static async Task<IEnumerable<string>> NamesAsync() => (await Overlays.BuildAsync("production")).Where(it => it.Kind == "ExternalSecret").Select(it => it.Name);

    // In the form of kubeseal: the length of the encrypted key, the key, and what it opens.
    private static string Sealed(string name)
    {
        var bytes = new byte[2 + 512 + 32];
        new Random(name.Length).NextBytes(bytes);
        (bytes[0], bytes[1]) = (2, 0);
        return Convert.ToBase64String(bytes);
    }
}
