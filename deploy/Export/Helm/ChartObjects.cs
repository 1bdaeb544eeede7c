using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Kubernetes;
using ShopFlow.Export.Kustomize;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Helm;

/// <summary>The shop's objects, finished as the overlays have kustomize do it: images, versions, and ConfigMaps whose changes roll pods.</summary>
internal sealed class ChartObjects(ShopModel model, EnvironmentSettings settings)
{
    // helm uninstall leaves what holds data.
    private static readonly string[] s_kept = ["Secret", "Cluster", "RabbitmqCluster"];

    private readonly ShopObjects _objects = new(model, settings);

    /// <summary>The objects by the file in which they stand. None is built before it is asked for.</summary>
    public IEnumerable<(string File, Func<IEnumerable<JsonObject>> Objects)> Files() =>
    [
        ("platform", () => _objects.Platform().Where(it => Objects.KindOf(it) != "Namespace")),
        .. _objects.OfEnvironment(),
        ("rollouts", _objects.Analyses),
        (Variables.Parameters, () => ConfigMap(Variables.Parameters, Tenancy.Component, _objects.Parameters())),
        .. model.Services.Select(service => ($"services/{service.Name}", (Func<IEnumerable<JsonObject>>)(() => Of(service)))),
        .. model.Servers.Select(server => ($"servers/{server.Name}", (Func<IEnumerable<JsonObject>>)(() => Of(server)))),
    ];

    /// <summary>The namespace, which has to be there before a release can be.</summary>
    public JsonObject Namespace() => _objects.Platform().Single(it => Objects.KindOf(it) == "Namespace");

    /// <param name="file">As in <see cref="Files"/>.</param>
    public IEnumerable<JsonObject> In(string file) => Files().Single(it => it.File == file).Objects().Select(Finished);

    private IEnumerable<JsonObject> Of(Service service) => ConfigMap(service.Name, ServiceWorkload.Component, _objects.Configuration(service))
        .Concat(_objects.Of(service))
        .Concat(_objects.MigrationsOf(service))
        .Select(Versioned);

    private IEnumerable<JsonObject> Of(Server server) => ConfigMap(server.Name, ServerWorkload.Component(server), _objects.Configuration(server))
        .Concat(_objects.Of(server));

    private static JsonObject[] ConfigMap(string name, string component, IEnumerable<(string Name, string Value)> values)
    {
        var created = Objects.Create("v1", "ConfigMap", name, component);
        created["data"] = new JsonObject(values.Select(value => KeyValuePair.Create<string, JsonNode?>(value.Name, value.Value)));
        return created["data"]!.AsObject().Count > 0 ? [created] : [];
    }

    private JsonObject Finished(JsonObject it)
    {
        SetImages(it);
        if (it["spec"]?["template"] is JsonObject template && Kustomization.PodOwners.Contains(Objects.KindOf(it)))
            AddChecksums(template);
        // A Job cannot be changed, so each revision has its own.
        if (Objects.KindOf(it) == "Job")
            it["metadata"]!["name"] = $"{Objects.NameOf(it)}-r⟨.Release.Revision⟩";
        if (s_kept.Contains(Objects.KindOf(it)))
            Annotations(it["metadata"]!)["helm.sh/resource-policy"] = "keep";
        return it;
    }

    private void SetImages(JsonNode? node)
    {
        if (node is JsonArray items)
            foreach (var item in items)
                SetImages(item);
        if (node is not JsonObject members)
            return;

        foreach (var member in members.Select(member => member.Value))
            SetImages(member);
        if (members["image"] is { } image && model.Services.FirstOrDefault(service => Names.Image(service.Name) == $"{image}") is { } ours)
            members["image"] = $"{settings.Registry}/{ours.Name}:{settings.Version}";
    }

    private JsonObject Versioned(JsonObject it)
    {
        if (Kustomization.PodOwners.Contains(Objects.KindOf(it)))
            foreach (var label in Kustomization.VersionLabels)
                it["spec"]!["template"]!["metadata"]!["labels"]![label] = settings.Version;
        return it;
    }

    // A change of what they read rolls the pods.
    private void AddChecksums(JsonObject template)
    {
        JsonNode[] containers = [.. template["spec"]!["containers"]!.AsArray().OfType<JsonNode>()];
        string[] read = [.. containers.SelectMany(container => container["envFrom"]?.AsArray() ?? []).Select(source => $"{source!["configMapRef"]?["name"]}")];
        foreach (var workload in model.Workloads.Where(workload => read.Contains(workload.Name)))
            Annotations(template["metadata"]!)["checksum/configuration"] = Hash(_objects.Configuration(workload));
        if (containers.SelectMany(container => container["env"]?.AsArray() ?? []).Any(variable => $"{variable!["valueFrom"]?["configMapKeyRef"]?["name"]}" == Variables.Parameters))
            Annotations(template["metadata"]!)["checksum/parameters"] = "⟨toJson .Values.parameters | sha256sum⟩";
    }

    private static string Hash(IEnumerable<(string Name, string Value)> values) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', values.Select(value => $"{value.Name}={value.Value}")))));

    private static JsonNode Annotations(JsonNode metadata) => metadata["annotations"] ??= new JsonObject();
}
