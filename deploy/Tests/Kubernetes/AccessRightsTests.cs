using System.Text.Json.Nodes;

namespace ShopFlow.Export.Tests.Kubernetes;

public sealed class AccessRightsTests
{
    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task No_role_has_a_wildcard_or_more_than_the_namespace(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);

        Assert.DoesNotContain(objects, it => it.Kind is "ClusterRole" or "ClusterRoleBinding");
        Assert.DoesNotContain(Rules(objects), rule => rule.Rule.ToJsonString().Contains('*'));
        Assert.Equal(objects.Where(it => it.Kind == "RoleBinding").Select(it => $"{it.Json["roleRef"]!["name"]}").Order(), objects.Where(it => it.Kind == "Role").Select(it => it.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task People_read_no_secret_and_grant_no_rights_and_viewers_change_nothing(string environment)
    {
        var rules = Rules(await Overlays.BuildAsync(environment)).Where(rule => rule.Role is "deployer" or "viewer").ToArray();

        Assert.NotEmpty(rules);
        Assert.DoesNotContain(rules.SelectMany(rule => Texts(rule.Rule, "resources")), resource => resource is "secrets" or "roles" or "rolebindings" or "pods/exec");
        Assert.All(rules.Where(rule => rule.Role == "viewer").SelectMany(rule => Texts(rule.Rule, "verbs")), verb => Assert.Contains(verb, new[] { "get", "list", "watch" }));
    }

    private static IEnumerable<(string Role, JsonNode Rule)> Rules(IEnumerable<KubernetesObject> objects) =>
        objects.Where(it => it.Kind == "Role").SelectMany(it => it.Json["rules"]!.AsArray().Select(rule => (it.Name, rule!)));

    private static IEnumerable<string> Texts(JsonNode rule, string member) => rule[member]!.AsArray().Select(text => $"{text}");
}
