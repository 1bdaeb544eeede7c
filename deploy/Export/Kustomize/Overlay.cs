using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Kubernetes;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Kustomize;

/// <summary>What an environment adds to the base: servers, secrets, the ways in from the internet, versions, and sizes where they differ.</summary>
internal sealed class Overlay(ShopModel model, EnvironmentSettings common, EnvironmentSettings settings)
{
    private const string PatchFile = "sizes.yaml";

    private readonly ShopObjects _objects = new(model, settings);

    private string Folder => FolderOf(settings.Name);

    public static string FolderOf(string environment) => $"overlays/{environment}";

    public void AddTo(FileTree tree)
    {
        AddServices(tree);
        AddMigrations(tree);
        List<string> resources = ["services"];
        AddFolder(tree, resources, "ingress", _objects.Ingress());
        AddFolder(tree, resources, "secrets", _objects.Secrets());
        AddFolder(tree, resources, "flags", _objects.Flags());
        foreach (var server in model.Servers)
            AddServer(tree, resources, server);

        var kustomization = Kustomization.Of(resources).WithImages(model, settings);
        if (_objects.Parameters().ToArray() is { Length: > 0 } parameters)
            kustomization.WithConfigMap(Variables.Parameters, Tenancy.Component, parameters);
        tree.AddDocuments($"{Folder}/{Kustomization.FileName}", kustomization);
    }

    private void AddFolder(FileTree tree, List<string> resources, string name, IEnumerable<JsonObject> objects)
    {
        var files = tree.AddObjects($"{Folder}/{name}", objects);
        if (files.Count == 0)
            return;

        tree.AddDocuments($"{Folder}/{name}/{Kustomization.FileName}", Kustomization.Of(files));
        resources.Add(name);
    }

    private void AddServices(FileTree tree)
    {
        var patches = Sizes().ToArray();
        if (patches.Length > 0)
            tree.AddDocuments($"{Folder}/services/{PatchFile}", patches);
        tree.AddDocuments(
            $"{Folder}/services/{Kustomization.FileName}",
            Kustomization.Of([$"../../../{Base.Folder}", "../migrations"]).WithVersion(settings.Version).WithPatches(patches.Length > 0 ? PatchFile : null));
    }

    private void AddMigrations(FileTree tree)
    {
        var kustomization = Kustomization.Of([$"../../../{Base.MigrationsFolder}"]);
        // A name of Kubernetes has small letters, digits and hyphens.
        kustomization["nameSuffix"] = "-" + string.Concat(settings.Version.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        tree.AddDocuments($"{Folder}/migrations/{Kustomization.FileName}", kustomization);
    }

    private void AddServer(FileTree tree, List<string> resources, Server server)
    {
        var folder = $"servers/{server.Name}";
        var files = tree.AddObjects($"{Folder}/{folder}", _objects.Of(server));
        var kustomization = Kustomization.Of(files);
        if (_objects.Configuration(server).ToArray() is { Length: > 0 } constants)
            kustomization.WithConfigMap(server.Name, ServerWorkload.Component(server), constants);
        tree.AddDocuments($"{Folder}/{folder}/{Kustomization.FileName}", kustomization);
        resources.Add(folder);
    }

    private IEnumerable<JsonObject> Sizes()
    {
        foreach (var service in model.Services)
        {
            var (usual, own) = (common.Services[service.Name], settings.Services[service.Name]);
            if (own.Storage is null && (own.Replicas, own.Scaling) != (usual.Replicas, usual.Scaling))
            {
                var scaler = ServiceObjects.Autoscaler(service.Name, own);
                yield return Patch(scaler, new JsonObject
                {
                    ["minReplicas"] = own.Replicas.Min,
                    ["maxReplicas"] = own.Replicas.Max,
                    ["metrics"] = scaler["spec"]!["metrics"]!.DeepClone(),
                });
            }

            if ((own.Cpu, own.Memory) != (usual.Cpu, usual.Memory))
            {
                var container = new JsonObject { ["name"] = service.Name, ["resources"] = Pods.Resources(own.Cpu, own.Memory) };
                yield return Patch(ServiceWorkload.Create(service, own, storageClass: null), new JsonObject
                {
                    ["template"] = new JsonObject { ["spec"] = new JsonObject { ["containers"] = new JsonArray(container) } },
                });
            }
        }
    }

    private static JsonObject Patch(JsonObject target, JsonObject spec) => new()
    {
        ["apiVersion"] = target["apiVersion"]!.DeepClone(),
        ["kind"] = target["kind"]!.DeepClone(),
        ["metadata"] = new JsonObject { ["name"] = Objects.NameOf(target), ["namespace"] = Names.Shop },
        ["spec"] = spec,
    };
}
