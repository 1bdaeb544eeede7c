using System.Text;
using System.Text.Json.Nodes;
using ShopFlow.Export.Kustomize;

namespace ShopFlow.Export.Helm;

/// <summary>Writes <c>values.yaml</c>, and what an environment has instead.</summary>
internal static class ValuesFile
{
    private static readonly Dictionary<string, string> s_comments = new()
    {
        ["registry"] = "Where the images are.",
        ["version"] = "Their tag.",
        ["domain"] = "Hosts of public services are names below it.",
        ["plainHttp"] = "true: the ingress answers HTTP, without TLS.",
        ["canary"] = "How long a canary keeps each of its shares of the requests.",
        ["customMetrics"] = "Whether the Prometheus adapter is there, by which autoscalers know of requests and of events that wait.",
        ["secrets"] = "from: generated, by a Job in the cluster that makes those that are missing; or aws, AWS Secrets Manager, as shopflow/ENVIRONMENT/PARAMETER;\nor sealed, what kubeseal --raw made of each for this cluster and its name.",
        ["parameters"] = "What the services are told that is no secret.",
        ["servers"] = "run: containers, a StatefulSet each; or operators, CloudNativePG and the RabbitMQ cluster operator, which need to know where backups go and by which role.\nreplicas, poolers (PgBouncer) and synchronous (copies before a commit is told) are for operators. storageClass may be empty: the cluster's default.",
        ["services"] = "replicas: how many at least and at most; scaling: percent of what is requested at which they are added;\nwith customMetrics also requests a second and events that wait for each.\nrollout: rolling, pod by pod; or canary or blueGreen, by Argo Rollouts.\nhost: the name below domain under which the internet reaches it; \"*\": any name (plainHttp only); empty: not at all.",
    };

    public static string Write(IEnumerable<ChartValue> values)
    {
        var text = new StringBuilder("# What an operator may change, with what holds otherwise. values.schema.json refuses anything else.\n");
        foreach (var (name, value) in Tree(values))
        {
            text.Append('\n');
            foreach (var line in s_comments.GetValueOrDefault(name)?.Split('\n') ?? [])
                text.Append("# ").Append(line).Append('\n');
            text.Append(YamlWriter.Write(new JsonObject { [name] = value?.DeepClone() }));
        }

        return text.ToString();
    }

    /// <summary>Only what is not as usual.</summary>
    public static string Write(string environment, IEnumerable<ChartValue> values, IEnumerable<ChartValue> usual)
    {
        var known = usual.ToDictionary(value => value.Path, value => value.Value);
        return $"# {environment}, as deploy/environments has it. helm upgrade --values values-{environment}.yaml\n"
            + YamlWriter.Write(Tree(values.Where(value => !JsonNode.DeepEquals(value.Value, known[value.Path]))));
    }

    public static JsonObject Tree(IEnumerable<ChartValue> values)
    {
        var root = new JsonObject();
        foreach (var value in values)
        {
            var steps = value.Path.Split('.');
            var parent = steps[..^1].Aggregate(root, (at, step) => (at[step] ??= new JsonObject()).AsObject());
            parent[steps[^1]] = value.Value.DeepClone();
        }

        return root;
    }
}
