using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>What an environment asks a cluster for, with Istio's proxies, added up from its objects.</summary>
/// <param name="Cpu">Cores that are requested.</param>
/// <param name="Memory">GiB that are requested.</param>
/// <param name="Disks">GiB of persistent disks.</param>
internal sealed partial record Sizes(int Pods, double Cpu, double Memory, double Disks)
{
    // What Istio gives a proxy unless the pod says otherwise, as its chart says: 100m and 128Mi
    private static readonly Sizes s_proxy = new(0, 0.1, 0.125, 0);

    /// <param name="atMost">With as many replicas as the autoscalers may make, not as few.</param>
    public static Sizes Of(IReadOnlyList<KubernetesObject> objects, bool atMost) => objects
        .Select(it => Of(it, objects, atMost))
        .OfType<Sizes>()
        .Aggregate((sum, one) => sum + one);

    public static Sizes operator +(Sizes one, Sizes other) => new(one.Pods + other.Pods, one.Cpu + other.Cpu, one.Memory + other.Memory, one.Disks + other.Disks);

    private static Sizes? Of(KubernetesObject it, IReadOnlyList<KubernetesObject> objects, bool atMost) => it.Kind switch
    {
        // What ends is not counted.
        "Job" => null,
        "Cluster" => Times(it.Spec["instances"], Requests(it.Spec["resources"]), it.Spec["storage"]!["size"]),
        "Pooler" => Times(it.Spec["instances"], OfTemplate(it.Spec["template"]!)),
        "RabbitmqCluster" => Times(it.Spec["replicas"], s_proxy + Requests(it.Spec["resources"]), it.Spec["persistence"]!["storage"]),
        _ when it.PodTemplate is { } template => Times(
            Replicas(it, objects, atMost), OfTemplate(template), it.Spec["volumeClaimTemplates"]?[0]!["spec"]!["resources"]!["requests"]!["storage"]),
        _ => null,
    };

    private static JsonNode? Replicas(KubernetesObject it, IReadOnlyList<KubernetesObject> objects, bool atMost) => objects
        .FirstOrDefault(scaler => scaler.Kind == "HorizontalPodAutoscaler" && $"{scaler.Spec["scaleTargetRef"]!["name"]}" == it.Name)
        ?.Spec[atMost ? "maxReplicas" : "minReplicas"] ?? it.Spec["replicas"];

    private static Sizes Times(JsonNode? replicas, Sizes pod, JsonNode? disk = null)
    {
        var count = replicas?.GetValue<int>() ?? 1;
        return new Sizes(count, count * pod.Cpu, count * pod.Memory, count * Gibibytes(disk));
    }

    private static Sizes OfTemplate(JsonNode template)
    {
        var annotations = template["metadata"]?["annotations"];
        var proxy = new Sizes(0, Cores(annotations?["sidecar.istio.io/proxyCPU"]), Gibibytes(annotations?["sidecar.istio.io/proxyMemory"]), 0);
        return template["spec"]!["containers"]!.AsArray()
            .Select(container => Requests(container!["resources"]))
            .Aggregate(proxy, (sum, one) => sum + one);
    }

    private static Sizes Requests(JsonNode? resources) => new(0, Cores(resources?["requests"]?["cpu"]), Gibibytes(resources?["requests"]?["memory"]), 0);

    private static double Cores(JsonNode? quantity) => Number(quantity, unit => unit switch { "" => 1, "m" => 0.001, _ => double.NaN });

    private static double Gibibytes(JsonNode? quantity) => Number(quantity, unit => unit switch { "Mi" => 1 / 1024.0, "Gi" => 1, "Ti" => 1024, _ => double.NaN });

    // https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
    private static double Number(JsonNode? quantity, Func<string, double> factor)
    {
        if (quantity is null)
            return 0;

        var match = Quantity().Match($"{quantity}");
        var number = match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * factor(match.Groups[2].Value) : double.NaN;
        return double.IsNaN(number) ? throw new FormatException($"'{quantity}' is in no unit that is known here.") : number;
    }

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)([A-Za-z]*)$")]
    private static partial Regex Quantity();
}
