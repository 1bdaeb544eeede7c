using System.Text.Json.Nodes;

namespace ShopFlow.Export.Tests.Kubernetes;

public sealed class RolloutTests
{
    [Theory]
    [InlineData("dev", 0)]
    [InlineData("staging", 10)]
    [InlineData("production", 10)]
    public async Task Services_roll_out_as_the_environment_asks_and_the_autoscaler_counts_the_pods_of_the_Rollout(string environment, int rollouts)
    {
        var objects = await Overlays.BuildAsync(environment);
        var known = objects.Select(it => $"{it}").ToHashSet();

        Assert.Equal(rollouts, objects.Count(it => it.Kind == "Rollout"));
        foreach (var rollout in objects.Where(it => it.Kind == "Rollout"))
        {
            var owner = rollout.Spec["workloadRef"]!;
            Assert.Contains($"{owner["kind"]}/{owner["name"]}", known);
            Assert.Equal("onsuccess", $"{owner["scaleDown"]}");
            Assert.True((bool)rollout.Spec["progressDeadlineAbort"]!);
            Assert.Equal("Rollout", $"{objects.Single(it => $"{it}" == $"HorizontalPodAutoscaler/{rollout.Name}").Spec["scaleTargetRef"]!["kind"]}");
        }
    }

    [Theory]
    [InlineData("staging")]
    [InlineData("production")]
    public async Task A_canary_is_the_testers_first_and_then_gets_10_50_and_100_percent_with_a_pause_at_each(string environment)
    {
        foreach (var rollout in await CanariesAsync(environment))
        {
            var canary = rollout.Spec["strategy"]!["canary"]!;
            var steps = canary["steps"]!.AsArray().Select(step => step!.AsObject().Single()).ToArray();

            Assert.Equal(["setCanaryScale", "setHeaderRoute", "pause", "setCanaryScale", "setWeight", "pause", "setWeight", "pause", "setWeight", "pause"], steps.Select(step => step.Key));
            Assert.Equal([10, 50, 100], steps.Where(step => step.Key == "setWeight").Select(step => (int)step.Value!));
            Assert.Contains($"{steps[1].Value!["name"]}", canary["trafficRouting"]!["managedRoutes"]!.AsArray().Select(route => $"{route!["name"]}"));
            // The analysis begins with the first shopper and ends with the last step.
            Assert.Equal("setWeight", steps[(int)canary["analysis"]!["startingStep"]!].Key);
        }
    }

    [Theory]
    [InlineData("staging")]
    [InlineData("production")]
    public async Task A_canary_turns_every_route_to_its_service_and_its_pods_are_those_that_the_rules_are_for(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        foreach (var rollout in await CanariesAsync(environment))
        {
            var istio = rollout.Spec["strategy"]!["canary"]!["trafficRouting"]!["istio"]!;
            var turned = istio["virtualServices"]!.AsArray().SelectMany(it => it!["routes"]!.AsArray().Select(route => $"{it["name"]}/{route}"));
            var host = $"{rollout.Name}.shopflow.svc.cluster.local";
            var routes = objects.Where(it => it.Kind == "VirtualService")
                .SelectMany(it => it.Spec["http"]!.AsArray().Select(http => (Name: $"{it.Name}/{http!["name"]}", Destinations: http["route"]!.AsArray())))
                .Where(route => route.Destinations.Any(it => $"{it!["destination"]!["host"]}" == host))
                .ToArray();

            Assert.Equal(routes.Select(route => route.Name).Order(), turned.Order());
            Assert.All(routes, route => Assert.Equal(["stable 100", "canary 0"], route.Destinations.Select(it => $"{it!["destination"]!["subset"]} {it["weight"]}")));

            var subsets = objects.Single(it => $"{it}" == $"DestinationRule/{istio["destinationRule"]!["name"]}").Spec["subsets"]!.AsArray();
            Assert.Equal([$"{istio["destinationRule"]!["stableSubsetName"]}", $"{istio["destinationRule"]!["canarySubsetName"]}"], subsets.Select(subset => $"{subset!["name"]}"));
            // Whom the mesh and the network allow is told by labels and accounts that do not know of versions.
            var pods = objects.Single(it => $"{it}" == $"Deployment/{rollout.Name}").PodLabels;
            Assert.All(subsets, subset => Assert.True(KubernetesObject.Selects(new JsonObject { ["matchLabels"] = subset!["labels"]!.DeepClone() }, pods)));
        }
    }

    [Theory]
    [InlineData("staging")]
    [InlineData("production")]
    public async Task An_analysis_is_given_every_argument_that_it_uses_and_looks_at_metrics_that_exist(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var templates = objects.Where(it => it.Kind == "AnalysisTemplate").ToDictionary(it => it.Name);

        Assert.NotEmpty(templates);
        foreach (var analysis in (await CanariesAsync(environment)).Select(it => it.Spec["strategy"]!["canary"]!["analysis"]!))
        {
            var template = templates[$"{analysis["templates"]![0]!["templateName"]}"];
            var given = analysis["args"]!.AsArray().Select(argument => $"{argument!["name"]}").ToArray();
            var used = System.Text.RegularExpressions.Regex.Matches(template.Spec["metrics"]!.ToJsonString(), @"\{\{args\.(\w+)\}\}").Select(match => match.Groups[1].Value).Distinct();
            Assert.Equal(given, template.Spec["args"]!.AsArray().Select(argument => $"{argument!["name"]}"));
            Assert.Equal(given.Order(), used.Order());
        }

        Assert.All(templates.Values.SelectMany(it => it.Spec["metrics"]!.AsArray()).SelectMany(metric => MetricNames.In($"{metric!["provider"]!["prometheus"]!["query"]}")), MetricNames.AssertKnown);
    }

    private static async Task<IReadOnlyList<KubernetesObject>> CanariesAsync(string environment)
    {
        KubernetesObject[] rollouts = [.. (await Overlays.BuildAsync(environment)).Where(it => it.Kind == "Rollout" && it.Spec["strategy"]!["canary"] is not null)];
        Assert.NotEmpty(rollouts);
        return rollouts;
    }
}
