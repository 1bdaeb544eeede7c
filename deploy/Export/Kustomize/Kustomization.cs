using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Kubernetes;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kustomize;

/// <summary>The files <c>kustomization.yaml</c>.</summary>
internal static class Kustomization
{
    public const string FileName = "kustomization.yaml";

    /// <summary>The labels with the version of pods.</summary>
    public static readonly string[] VersionLabels = ["app.kubernetes.io/version", "version"];

    /// <summary>The kinds whose pods are labelled with it.</summary>
    public static readonly string[] PodOwners = ["Deployment", "StatefulSet", "Job"];

    public static JsonObject Of(IEnumerable<string> resources) => new()
    {
        ["apiVersion"] = "kustomize.config.k8s.io/v1beta1",
        ["kind"] = "Kustomization",
        ["resources"] = Strings(resources),
    };

    /// <summary>Adds a ConfigMap whose name carries a hash of what it holds, so that a change rolls the pods that use it.</summary>
    public static JsonObject WithConfigMap(this JsonObject kustomization, string name, string component, IEnumerable<(string Name, string Value)> values)
    {
        kustomization["configMapGenerator"] = new JsonArray(new JsonObject
        {
            ["name"] = name,
            ["namespace"] = Names.Shop,
            ["literals"] = Strings(values.Select(value => $"{value.Name}={value.Value}")),
            ["options"] = new JsonObject { ["labels"] = Labels(name, component) },
        });
        return kustomization;
    }

    /// <summary>Where the images are and which version runs: the one place for both.</summary>
    public static JsonObject WithImages(this JsonObject kustomization, ShopModel model, EnvironmentSettings settings)
    {
        kustomization["images"] = List(model.Services.Select(service => new JsonObject
        {
            ["name"] = Names.Image(service.Name),
            ["newName"] = $"{settings.Registry}/{service.Name}",
            ["newTag"] = settings.Version,
        }));
        return kustomization;
    }

    /// <summary>Labels the pods with the version. Their own fields, because claims of volumes, which kustomize would label too, cannot change.</summary>
    public static JsonObject WithVersion(this JsonObject kustomization, string version)
    {
        kustomization["labels"] = new JsonArray(new JsonObject
        {
            ["pairs"] = new JsonObject(VersionLabels.Select(label => KeyValuePair.Create<string, JsonNode?>(label, version))),
            ["fields"] = List(PodOwners.Select(kind => new JsonObject { ["path"] = "spec/template/metadata/labels", ["kind"] = kind, ["create"] = true })),
        });
        return kustomization;
    }

    public static JsonObject WithPatches(this JsonObject kustomization, IEnumerable<string> files) =>
        kustomization.Add("patches", files.Select(file => new JsonObject { ["path"] = file }));

    public static JsonObject WithPatches(this JsonObject kustomization, IEnumerable<JsonObject> patches) =>
        kustomization.Add("patches", patches.Select(patch => new JsonObject { ["patch"] = YamlWriter.Write(patch) }));

    /// <summary>Changes a ConfigMap that <see cref="WithConfigMap"/> made in the base.</summary>
    public static void WithChangedConfigMap(
        this JsonObject kustomization, string name, IEnumerable<(string Name, string Value)> usual, IEnumerable<(string Name, string Value)> own)
    {
        var changed = own.Except(usual).ToArray();
        if (changed.Length > 0)
            kustomization.Add("configMapGenerator",
            [
                new JsonObject { ["name"] = name, ["namespace"] = Names.Shop, ["behavior"] = "merge", ["literals"] = Strings(changed.Select(value => $"{value.Name}={value.Value}")) },
            ]);
    }

    private static JsonObject Add(this JsonObject kustomization, string list, IEnumerable<JsonObject> items)
    {
        foreach (var item in items)
        {
            if (kustomization[list] is JsonArray others)
                others.Add(item);
            else
                kustomization[list] = new JsonArray(item);
        }

        return kustomization;
    }
}
