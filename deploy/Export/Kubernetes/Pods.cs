using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>What all pods have: no privileges at all, so that they pass the Pod Security standard "restricted", and limits.</summary>
internal static class Pods
{
    /// <summary>The user that the .NET images have (APP_UID).</summary>
    public const int ServiceUser = 1654;

    /// <summary>The user "postgres", "rabbitmq" or "redis" of the official images.</summary>
    public const int ServerUser = 999;

    public static JsonObject Template(string name, string component, JsonObject podSpec) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["labels"] = Labels(name, component),
            ["annotations"] = new JsonObject
            {
                // The proxy starts before the program and ends after it, so that a Job can end and no request is lost at a stop.
                ["sidecar.istio.io/nativeSidecar"] = "true",
                ["sidecar.istio.io/proxyCPU"] = "50m",
                ["sidecar.istio.io/proxyCPULimit"] = "1",
                ["sidecar.istio.io/proxyMemory"] = "64Mi",
                ["sidecar.istio.io/proxyMemoryLimit"] = "256Mi",
            },
        },
        ["spec"] = podSpec,
    };

    /// <summary>The proxy reads these from the program and offers them with its own on port 15020, where no mutual TLS is asked for.</summary>
    public static void AddScraping(JsonObject template, int port, string path)
    {
        var metadata = template["metadata"]!;
        metadata["annotations"] ??= new JsonObject();
        metadata["annotations"]!["prometheus.io/scrape"] = "true";
        metadata["annotations"]!["prometheus.io/port"] = $"{port}";
        metadata["annotations"]!["prometheus.io/path"] = path;
    }

    public static JsonObject SecurityOfPod(int user) => new()
    {
        ["runAsNonRoot"] = true,
        ["runAsUser"] = user,
        ["runAsGroup"] = user,
        ["fsGroup"] = user,
        ["fsGroupChangePolicy"] = "OnRootMismatch",
        ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
    };

    public static JsonObject SecurityOfContainer() => new()
    {
        ["allowPrivilegeEscalation"] = false,
        ["readOnlyRootFilesystem"] = true,
        ["runAsNonRoot"] = true,
        ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
        ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
    };

    public static JsonObject Resources(Cpu cpu, Memory memory) => new()
    {
        ["requests"] = new JsonObject { ["cpu"] = cpu.Request, ["memory"] = memory.Request },
        ["limits"] = new JsonObject { ["cpu"] = cpu.Limit, ["memory"] = memory.Limit },
    };

    public static JsonArray Ports(Workload workload) => List(workload.Endpoints.Select(endpoint => new JsonObject
    {
        ["name"] = endpoint.Name,
        ["containerPort"] = endpoint.TargetPort,
        ["protocol"] = endpoint.Protocol.ToUpperInvariant(),
    }));

    /// <summary>A folder that the pod may write to, and that goes with it.</summary>
    public static (JsonObject Volume, JsonObject Mount) Scratch(string name, string path) =>
        (new JsonObject { ["name"] = name, ["emptyDir"] = new JsonObject { ["sizeLimit"] = "64Mi" } }, Mount(name, path));

    public static JsonObject Mount(string name, string path) => new() { ["name"] = name, ["mountPath"] = path };

    /// <summary>Gives a container the files of a ConfigMap, and its pod the volume for them.</summary>
    public static void MountConfigMap(JsonObject pod, JsonObject container, string volume, string configMap, string path)
    {
        var mount = Mount(volume, path);
        mount["readOnly"] = true;
        container["volumeMounts"]!.AsArray().Add(mount);
        pod["volumes"]!.AsArray().Add(new JsonObject { ["name"] = volume, ["configMap"] = new JsonObject { ["name"] = configMap } });
    }

    public static JsonArray VolumeClaims(string name, string size, string? storageClass)
    {
        var spec = new JsonObject
        {
            ["accessModes"] = new JsonArray("ReadWriteOnce"),
            ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = size } },
        };
        if (storageClass is not null)
            spec["storageClassName"] = storageClass;

        return [new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["spec"] = spec }];
    }

    /// <summary>Replicas apart: on other machines and in other zones, as far as there are any.</summary>
    public static JsonArray SpreadOver(string name, params IEnumerable<string> topologies) => List(topologies.Select(topology => new JsonObject
    {
        ["maxSkew"] = 1,
        ["topologyKey"] = topology,
        ["whenUnsatisfiable"] = "ScheduleAnyway",
        ["labelSelector"] = PodsOf(name),
        // Of one version; a Deployment's pods have the one label, a Rollout's the other.
        ["matchLabelKeys"] = new JsonArray("pod-template-hash", "rollouts-pod-template-hash"),
    }));

    public static JsonObject ApartFrom(string name) => new()
    {
        ["podAntiAffinity"] = new JsonObject
        {
            ["preferredDuringSchedulingIgnoredDuringExecution"] = new JsonArray(new JsonObject
            {
                ["weight"] = 100,
                ["podAffinityTerm"] = new JsonObject { ["labelSelector"] = PodsOf(name), ["topologyKey"] = "kubernetes.io/hostname" },
            }),
        },
    };
}
