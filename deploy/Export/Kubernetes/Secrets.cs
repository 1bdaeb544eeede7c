using System.Text.Json.Nodes;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>Secrets that are made in the cluster: one for each secret parameter, which the pods that need it name.</summary>
internal static class Secrets
{
    public const string Component = "secret";
    private const string Generator = "generate-secrets";

    // Passwords that are there stay; a value without special characters is the same in a URI.
    private const string GenerateMissing =
        """
        set -eu
        for secret in $SECRETS; do
          if [ -z "$(kubectl get secret "$secret" --output 'jsonpath={.data.value}')" ]; then
            value=$(head -c 64 /dev/urandom | base64 | tr -dc 'A-Za-z0-9' | head -c 32)
            kubectl patch secret "$secret" --type merge --patch "{\"stringData\":{\"value\":\"$value\",\"uri\":\"$value\"}}"
          fi
        done
        """;

    /// <summary>Empty Secrets, and a Job that fills those that have no value yet. Nothing is written down, and applying it again changes nothing.</summary>
    public static IEnumerable<JsonObject> Generated(ShopModel model)
    {
        string[] names = [.. model.Parameters.Where(parameter => parameter.IsSecret).Select(parameter => parameter.Name)];
        return [.. names.Select(Empty), ServiceObjects.Account(Generator, Component), Role(names), Binding(), GeneratorJob(names), GeneratorAccess()];
    }

    private static JsonObject Empty(string name)
    {
        var secret = Create("v1", "Secret", name, Component);
        secret["type"] = "Opaque";
        return secret;
    }

    private static JsonObject Role(IEnumerable<string> names)
    {
        var role = Create("rbac.authorization.k8s.io/v1", "Role", Generator, Component);
        role["rules"] = new JsonArray(new JsonObject
        {
            ["apiGroups"] = new JsonArray(""),
            ["resources"] = new JsonArray("secrets"),
            ["resourceNames"] = Strings(names),
            ["verbs"] = new JsonArray("get", "patch"),
        });
        return role;
    }

    private static JsonObject Binding()
    {
        var binding = Create("rbac.authorization.k8s.io/v1", "RoleBinding", Generator, Component);
        binding["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "Role", ["name"] = Generator };
        binding["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = Generator, ["namespace"] = Names.Shop });
        return binding;
    }

    private static JsonObject GeneratorJob(IEnumerable<string> names)
    {
        var (volume, mount) = Pods.Scratch("tmp", "/tmp");
        var template = Pods.Template(Generator, Component, new JsonObject
        {
            ["serviceAccountName"] = Generator,
            // The one pod that talks to Kubernetes.
            ["automountServiceAccountToken"] = true,
            ["restartPolicy"] = "OnFailure",
            ["securityContext"] = Pods.SecurityOfPod(Pods.ServiceUser),
            ["containers"] = new JsonArray(new JsonObject
            {
                ["name"] = "kubectl",
                ["image"] = "docker.io/alpine/k8s:1.32.4",
                ["command"] = new JsonArray("sh", "-c", GenerateMissing),
                ["env"] = new JsonArray(
                    new JsonObject { ["name"] = "SECRETS", ["value"] = string.Join(' ', names) },
                    new JsonObject { ["name"] = "HOME", ["value"] = "/tmp" }),
                ["resources"] = Pods.Resources(new Environments.Cpu("10m", "500m"), new Environments.Memory(64, 2)),
                ["securityContext"] = Pods.SecurityOfContainer(),
                ["volumeMounts"] = new JsonArray(mount),
            }),
            ["volumes"] = new JsonArray(volume),
        });
        // It needs nobody of the mesh.
        template["metadata"]!["labels"]!["sidecar.istio.io/inject"] = "false";
        template["metadata"]!.AsObject().Remove("annotations");
        var job = Create("batch/v1", "Job", Generator, Component, new JsonObject
        {
            ["backoffLimit"] = 6,
            ["activeDeadlineSeconds"] = 600,
            ["ttlSecondsAfterFinished"] = 86400,
            ["template"] = template,
        });
        // A Job cannot be changed: another one has another name.
        job["metadata"]!["name"] = $"{Generator}-{Names.Hash(template.ToJsonString())}";
        return job;
    }

    private static JsonObject GeneratorAccess() => NetworkRules.Policy(Generator, Component, PodsOf(Generator), ingress: [], egress: [NetworkRules.ToKubernetes()]);
}
