using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Helm;
using ShopFlow.Export.Manifests;
using ShopFlow.Export.Model;
using ShopFlow.Export.Tests.Kubernetes;

namespace ShopFlow.Export.Tests.Helm;

/// <summary>Templates are made by trying one choice after the other; here many are made at once.</summary>
public sealed class ChartChoicesTests
{
    private static readonly string[] s_environments = ["dev", "staging", "production"];

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public async Task Any_mix_of_environments_gives_the_objects_of_its_settings(int seed)
    {
        var input = await AppHostManifest.InputAsync();
        var problems = new ProblemList();
        var model = new ModelReader(problems).Read(new ManifestReader(problems).Read(input.Manifest));
        var settings = Mix(s_environments.Select(name => new SettingsReader(model, problems).Read(name, input.Settings)).ToArray(), new Random(seed));
        problems.ThrowIfAny();

        var objects = new ChartObjects(model, settings);
        var expected = objects.Files().SelectMany(it => objects.In(it.File)).Select(it => new KubernetesObject(JsonNode.Parse(it.ToJsonString())!.AsObject()));

        var difference = FileDifference.Between(ChartTests.Comparable(expected), ChartTests.Comparable(HelmChart.Render(ValuesOf(model, settings)))).Take(40).ToArray();
        Assert.True(difference.Length == 0, string.Join('\n', difference));
    }

    private static EnvironmentSettings Mix(EnvironmentSettings[] environments, Random random)
    {
        EnvironmentSettings Any() => environments[random.Next(environments.Length)];

        var services = environments[0].Services.Keys.ToDictionary(name => name, name => Any().Services[name]);
        var (servers, secrets) = (Any().Servers, Any().Secrets);
        return Any() with
        {
            IsPlainHttp = services.Values.Any(service => service.Host == ServiceSettings.AnyHost) || Any().IsPlainHttp,
            Servers = servers with { StorageClass = Any().Servers.StorageClass },
            Secrets = servers.Run == ServersRun.Operators ? environments.First(it => it.Servers.Run == servers.Run).Secrets : secrets,
            Services = services,
        };
    }

    private static JsonObject ValuesOf(ShopModel model, EnvironmentSettings settings)
    {
        var placeholders = new Placeholders(Point.Usual);
        settings.With(model, placeholders);
        return ValuesFile.Tree(placeholders.Values);
    }
}
