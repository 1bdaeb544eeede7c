using System.Text.Json.Nodes;

namespace ShopFlow.Export.Tests.Kubernetes;

public sealed class PodTests
{
    // https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
    private static readonly string[] s_restrictedVolumes = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Every_pod_passes_the_restricted_standard_on_a_read_only_root(string environment)
    {
        foreach (var owner in await OwnersAsync(environment))
        {
            var pod = owner.PodTemplate!["spec"]!.AsObject();
            Assert.True(pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>(), $"{owner}");
            Assert.NotEqual(0, pod["securityContext"]!["runAsUser"]!.GetValue<int>());
            Assert.Equal("RuntimeDefault", pod["securityContext"]!["seccompProfile"]!["type"]!.GetValue<string>());
            Assert.All(["hostNetwork", "hostPID", "hostIPC"], setting => Assert.False(pod.ContainsKey(setting), $"{owner} {setting}"));
            Assert.All(pod["volumes"]?.AsArray() ?? [], volume => Assert.Single(volume!.AsObject(), member => s_restrictedVolumes.Contains(member.Key)));

            foreach (var container in owner.Containers)
            {
                var security = container["securityContext"]!;
                Assert.False(security["allowPrivilegeEscalation"]!.GetValue<bool>(), $"{owner}");
                Assert.True(security["readOnlyRootFilesystem"]!.GetValue<bool>(), $"{owner}");
                Assert.Equal("""{"drop":["ALL"]}""", security["capabilities"]!.ToJsonString());
                Assert.All(container["ports"]?.AsArray() ?? [], port => Assert.False(port!.AsObject().ContainsKey("hostPort"), $"{owner}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Every_container_has_requests_and_limits_and_what_keeps_running_has_probes(string environment)
    {
        foreach (var owner in await OwnersAsync(environment))
            foreach (var container in owner.Containers)
            {
                foreach (var kind in new[] { "requests", "limits" })
                    Assert.Equal(["cpu", "memory"], container["resources"]![kind]!.AsObject().Select(it => it.Key));
                if (owner.Kind != "Job")
                    Assert.All(["startupProbe", "livenessProbe", "readinessProbe"], probe => Assert.True(container.ContainsKey(probe), $"{owner} {probe}"));
            }
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Data_is_on_disks_that_outlive_the_pod(string environment)
    {
        var objects = await Overlays.BuildAsync(environment);
        var claims = objects.Where(it => it.Kind == "StatefulSet").ToDictionary(it => it.Name, it => it.Spec["volumeClaimTemplates"]!.AsArray());

        Assert.Contains("payment-sandbox", claims.Keys);
        Assert.All(claims, claim => Assert.Single(claim.Value));
        // Of memory nothing but scratch is kept.
        Assert.All(objects.Where(it => it.PodTemplate is not null).SelectMany(it => it.Containers).SelectMany(Scratch), path => Assert.Contains(path, new[] { "/tmp", "/var/run/postgresql", "/var/log/rabbitmq" }));
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task Every_pod_has_an_account_and_no_token_but_the_one_that_makes_secrets(string environment)
    {
        foreach (var owner in await OwnersAsync(environment))
        {
            var pod = owner.PodTemplate!["spec"]!;
            Assert.NotEqual("default", pod["serviceAccountName"]!.GetValue<string>());
            Assert.Equal(owner.Name.StartsWith("generate-secrets-", StringComparison.Ordinal), pod["automountServiceAccountToken"]!.GetValue<bool>());
        }
    }

    [Theory]
    [MemberData(nameof(Overlays.All), MemberType = typeof(Overlays))]
    public async Task A_roll_out_takes_no_replica_away_before_another_is_ready_and_a_stop_waits_for_what_has_begun(string environment)
    {
        var deployments = (await Overlays.BuildAsync(environment)).Where(it => it.Kind == "Deployment").ToArray();

        Assert.NotEmpty(deployments);
        foreach (var deployment in deployments)
        {
            Assert.Equal(0, deployment.Spec["strategy"]!["rollingUpdate"]!["maxUnavailable"]!.GetValue<int>());
            var heard = deployment.Containers.Single()["lifecycle"]!["preStop"]!["sleep"]!["seconds"]!.GetValue<int>();
            var grace = deployment.PodTemplate!["spec"]!["terminationGracePeriodSeconds"]!.GetValue<int>();
            Assert.True(grace > heard + DrainSeconds(), $"{deployment}");
        }
    }

    // What a service takes at most to finish, as ServiceDefaults says it.
    private static int DrainSeconds()
    {
        var source = Repository.Text("ShopFlow.ServiceDefaults/ServiceDefaultsExtensions.cs");
        var match = System.Text.RegularExpressions.Regex.Match(source, @"s_shutdownTimeout = TimeSpan\.FromSeconds\((\d+)\)");
        Assert.True(match.Success, "ServiceDefaults no longer says how long a stop may take where this test looks for it.");
        return int.Parse(match.Groups[1].Value, null);
    }

    private static IEnumerable<string> Scratch(JsonObject container) => (container["volumeMounts"]?.AsArray() ?? [])
        .Where(mount => mount!["name"]!.GetValue<string>() is not "data" && mount["readOnly"]?.GetValue<bool>() != true)
        .Select(mount => mount!["mountPath"]!.GetValue<string>());

    private static async Task<IReadOnlyList<KubernetesObject>> OwnersAsync(string environment)
    {
        KubernetesObject[] owners = [.. (await Overlays.BuildAsync(environment)).Where(it => it.PodTemplate is not null)];
        Assert.NotEmpty(owners);
        return owners;
    }
}
