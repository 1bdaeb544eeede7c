using System.Text.Json.Nodes;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>What no schema holds: what objects say of each other.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Every_Secret_ConfigMap_and_account_that_a_pod_names_exists(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var known = objects.Select(it => $"{it}")
            .Concat(objects.Where(it => it.Kind == "ExternalSecret").Select(it => $"Secret/{it.Spec["target"]!["name"]}"))
            .ToHashSet();

        foreach (var owner in objects.Where(it => it.PodTemplate is not null))
        {
            Assert.Contains($"ServiceAccount/{owner.PodTemplate!["spec"]!["serviceAccountName"]}", known);
            Assert.All(owner.Containers.SelectMany(References).Concat(Mounted(owner)), reference => Assert.Contains(reference, known));
        }
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task A_text_uses_only_variables_that_stand_before_it(string environment)
    {
        foreach (var container in (await Overlays.BuildAsync(environment)).Where(it => it.PodTemplate is not null).SelectMany(it => it.Containers))
        {
            var before = new HashSet<string>();
            foreach (var variable in container["env"]?.AsArray() ?? [])
            {
                foreach (System.Text.RegularExpressions.Match use in System.Text.RegularExpressions.Regex.Matches($"{variable!["value"]}", @"(?<!\$)\$\(([^)]+)\)"))
                    Assert.Contains(use.Groups[1].Value, before);
                Assert.True(before.Add(variable["name"]!.GetValue<string>()), $"{variable["name"]} is there twice.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Every_selector_selects_pods_of_exactly_one_workload(string environment)
    {
        var objects = (await Overlays.BuildAsync(environment)).WithWhatTheyMake();
        var owners = objects.Where(it => it.PodTemplate is not null).ToArray();

        // The ingress gateway's pods are somebody else's.
        foreach (var it in objects.Where(it => it.Namespace is "shopflow" or null))
        {
            var selector = it.Kind switch
            {
                "Service" when it.Spec.ContainsKey("selector") => new JsonObject { ["matchLabels"] = it.Spec["selector"]!.DeepClone() },
                "Sidecar" => new JsonObject { ["matchLabels"] = it.Spec["workloadSelector"]!["labels"]!.DeepClone() },
                "PodDisruptionBudget" or "Deployment" or "StatefulSet" or "RequestAuthentication" => it.Spec["selector"],
                "AuthorizationPolicy" => it.Json["spec"]?["selector"],
                "NetworkPolicy" => it.Spec["podSelector"],
                _ => null,
            };
            if (KubernetesObject.Labels(selector?["matchLabels"]).Count > 0)
                Assert.True(owners.Count(owner => KubernetesObject.Selects(selector, owner.PodLabels)) == 1, $"{it} selects none or several");
        }
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Every_port_that_is_named_is_one_of_the_pods(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var owners = objects.Where(it => it.Kind is "Deployment" or "StatefulSet").ToDictionary(it => it.Name);

        foreach (var service in objects.Where(it => it is { Kind: "Service", Namespace: "shopflow" }))
            Assert.All(service.Spec["ports"]!.AsArray(), port => Assert.Contains($"{port!["targetPort"]}", PortNames(owners[$"{service.Spec["selector"]!["app.kubernetes.io/name"]}"])));
        foreach (var owner in owners.Values)
            foreach (var container in owner.Containers)
                Assert.All(
                    new[] { "startupProbe", "livenessProbe", "readinessProbe" }.Select(probe => container[probe]!["httpGet"]?["port"]).OfType<JsonNode>(),
                    port => Assert.Contains($"{port}", PortNames(owner)));
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Every_host_and_port_in_the_mesh_and_in_an_address_is_a_Service_with_that_port(string environment)
    {
        var objects = (await Overlays.BuildAsync(environment)).WithWhatTheyMake();
        var ports = objects.Where(it => it.Kind == "Service")
            .ToDictionary(it => it.Name, it => it.Spec["ports"]!.AsArray().Select(port => port!["port"]!.GetValue<int>()).ToHashSet());

        foreach (var rule in objects.Where(it => it.Kind == "DestinationRule"))
            Assert.Contains(ServiceOf($"{rule.Spec["host"]}"), ports.Keys);
        var subsets = objects.Where(it => it.Kind == "DestinationRule")
            .SelectMany(it => (it.Spec["subsets"]?.AsArray() ?? []).Select(subset => $"{it.Spec["host"]}/{subset!["name"]}")).ToHashSet();
        foreach (var destination in objects.Where(it => it.Kind == "VirtualService").SelectMany(Destinations))
        {
            Assert.Contains(destination["port"]!["number"]!.GetValue<int>(), ports[ServiceOf($"{destination["host"]}")]);
            if (destination["subset"] is { } subset)
                Assert.Contains($"{destination["host"]}/{subset}", subsets);
        }

        var outside = objects.Where(it => it.Kind == "ServiceEntry").SelectMany(it => it.Spec["hosts"]!.AsArray()).Select(host => $"./{host}").ToHashSet();
        foreach (var host in objects.Where(it => it.Kind == "Sidecar").SelectMany(it => it.Spec["egress"]![0]!["hosts"]!.AsArray()).Select(host => $"{host}").Where(host => host.StartsWith("./", StringComparison.Ordinal)))
            Assert.True(outside.Contains(host) || ports.ContainsKey(ServiceOf(host[2..])), host);
        foreach (var (name, address) in Addresses(objects))
            Assert.True(ports.TryGetValue(address.Host, out var known) && known.Contains(address.Port), $"{name} is {address}");
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Every_autoscaler_scales_a_service_between_bounds_that_make_sense(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var deployments = objects.Where(it => it.Kind == "Deployment").Select(it => it.Name).Order();
        var scalers = objects.Where(it => it.Kind == "HorizontalPodAutoscaler").ToArray();

        Assert.Equal(deployments, scalers.Select(it => $"{it.Spec["scaleTargetRef"]!["name"]}").Order());
        Assert.All(scalers, it => Assert.InRange(it.Spec["minReplicas"]!.GetValue<int>(), 1, it.Spec["maxReplicas"]!.GetValue<int>()));
        // Who counts replicas is the autoscaler alone.
        Assert.All(objects.Where(it => it.Kind == "Deployment"), it => Assert.False(it.Spec.ContainsKey("replicas")));
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Every_route_of_the_ingress_has_a_host_of_the_gateway_a_time_limit_and_repeats_only_reads(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var hosts = objects.Single(it => it.Kind == "Gateway").Spec["servers"]!.AsArray().SelectMany(server => server!["hosts"]!.AsArray()).Select(host => $"{host}").ToHashSet();
        var routes = objects.Where(it => it.Kind == "VirtualService").ToArray();

        foreach (var route in routes.Where(it => it.Spec.ContainsKey("gateways")))
        {
            Assert.True(hosts.Contains("*") || hosts.Contains($"{route.Spec["hosts"]![0]}"), $"{route}");
            Assert.All(route.Spec["http"]!.AsArray(), http => Assert.True(http!.AsObject().ContainsKey("timeout"), $"{route}"));
        }

        foreach (var http in routes.SelectMany(it => it.Spec["http"]!.AsArray()))
        {
            var destinations = http!["route"]!.AsArray();
            Assert.True(destinations.Count == 1 || destinations.Sum(it => it!["weight"]!.GetValue<int>()) == 100, http.ToJsonString());
            var isRead = http["match"]?.AsArray().All(match => $"{match!["method"]?["exact"]}" is "GET" or "HEAD") == true;
            Assert.True(isRead || http["retries"]!["attempts"]!.GetValue<int>() == 0, http.ToJsonString());
        }
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task What_operators_are_told_of_exists(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var secrets = objects.Where(it => it.Kind == "ExternalSecret").ToDictionary(it => it.Name, it => it.Spec["target"]!["template"]!);
        var clusters = objects.Where(it => it.Kind == "Cluster").Select(it => it.Name).ToArray();

        Assert.All(objects.Where(it => it.Kind is "Pooler" or "ScheduledBackup"), it => Assert.Contains($"{it.Spec["cluster"]!["name"]}", clusters));
        Assert.All(objects.Where(it => it.Kind == "Cluster"), it => Assert.Equal("kubernetes.io/basic-auth", $"{secrets[$"{it.Spec["bootstrap"]!["initdb"]!["secret"]!["name"]}"]["type"]}"));
        Assert.All(
            objects.Where(it => it.Kind == "RabbitmqCluster"),
            it => Assert.True(secrets[$"{it.Spec["secretBackend"]!["externalSecret"]!["name"]}"]["data"]!.AsObject().ContainsKey("default_user.conf")));
        Assert.Equal(environment == "dev" ? 0 : clusters.Length, objects.Count(it => it.Kind == "ScheduledBackup"));
        Assert.Equal(environment != "dev", clusters.Length > 0);
    }

    private static IEnumerable<string> References(JsonObject container) =>
    [
        .. (container["envFrom"]?.AsArray() ?? []).Select(source => $"ConfigMap/{source!["configMapRef"]!["name"]}"),
        .. (container["env"]?.AsArray() ?? []).Select(variable => variable!["valueFrom"]).OfType<JsonNode>().Select(source => source["secretKeyRef"] is { } secret
            ? $"Secret/{secret["name"]}"
            : $"ConfigMap/{source["configMapKeyRef"]!["name"]}"),
    ];

    private static IEnumerable<string> Mounted(KubernetesObject owner) => (owner.PodTemplate!["spec"]!["volumes"]?.AsArray() ?? [])
        .Select(volume => volume!["configMap"]).OfType<JsonNode>().Select(source => $"ConfigMap/{source["name"]}");

    private static IEnumerable<string> PortNames(KubernetesObject owner) => owner.Containers.SelectMany(container => container["ports"]!.AsArray()).Select(port => $"{port!["name"]}");

    private static IEnumerable<JsonNode> Destinations(KubernetesObject route) =>
        route.Spec["http"]!.AsArray().SelectMany(http => http!["route"]!.AsArray()).Select(target => target!["destination"]!);

    private static IEnumerable<(string Name, Uri Address)> Addresses(IEnumerable<KubernetesObject> objects) => objects
        .Where(it => it.Kind == "ConfigMap")
        .SelectMany(it => it.Json["data"]!.AsObject())
        .Where(entry => entry.Key.StartsWith("services__", StringComparison.Ordinal))
        .Select(entry => (entry.Key, new Uri($"{entry.Value}")));

    private static string ServiceOf(string host)
    {
        Assert.EndsWith(".shopflow.svc.cluster.local", host);
        return host.Split('.')[0];
    }
}
