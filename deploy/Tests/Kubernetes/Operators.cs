using System.Text.Json.Nodes;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>What operators make of their objects, as far as rules and references go: https://cloudnative-pg.io/docs and
/// https://www.rabbitmq.com/kubernetes/operator/using-operator.</summary>
internal static class Operators
{
    public static IReadOnlyList<KubernetesObject> WithWhatTheyMake(this IEnumerable<KubernetesObject> objects) => [.. objects, .. objects.SelectMany(Made)];

    private static IEnumerable<KubernetesObject> Made(KubernetesObject it) => it.Kind switch
    {
        "Cluster" =>
        [
            Pods(it, it.Name, it.Spec["inheritedMetadata"]!["labels"]!, 5432),
            Service($"{it.Name}-rw", 5432),
            Service($"{it.Name}-ro", 5432),
        ],
        "Pooler" => [Pods(it, it.Name, it.Spec["template"]!["metadata"]!["labels"]!, 5432), Service(it.Name, 5432)],
        "RabbitmqCluster" =>
        [
            Pods(it, $"{it.Name}-server", new JsonObject { ["app.kubernetes.io/name"] = it.Name }, 5672),
            Service(it.Name, 5672),
            Service($"{it.Name}-nodes", 5672),
        ],
        _ => [],
    };

    private static KubernetesObject Pods(KubernetesObject owner, string account, JsonNode labels, int port) => new(new JsonObject
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "StatefulSet",
        ["metadata"] = new JsonObject { ["name"] = owner.Name },
        ["spec"] = new JsonObject
        {
            ["selector"] = new JsonObject { ["matchLabels"] = labels.DeepClone() },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = labels.DeepClone() },
                ["spec"] = new JsonObject
                {
                    ["serviceAccountName"] = account,
                    ["containers"] = new JsonArray(new JsonObject
                    {
                        ["ports"] = new JsonArray(new JsonObject { ["name"] = "main", ["containerPort"] = port }),
                    }),
                },
            },
        },
    });

    private static KubernetesObject Service(string name, int port) => new(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "main", ["port"] = port, ["targetPort"] = "main" }),
        },
    });
}
