using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Kubernetes;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Kustomize;

/// <summary>What an environment adds to the base: servers, secrets, the ways in from the internet, versions, and where services differ.</summary>
internal sealed class Overlay(ShopModel model, EnvironmentSettings common, EnvironmentSettings settings)
{
    private readonly ShopObjects _base = new(model, common);
    private readonly ShopObjects _objects = new(model, settings);

    private string Folder => FolderOf(settings.Name);

    public static string FolderOf(string environment) => $"overlays/{environment}";

    public void AddTo(FileTree tree)
    {
        List<string> resources = [];
        AddServices(tree, resources);
        AddMigrations(tree);
        foreach (var (name, objects) in _objects.OfEnvironment())
            AddFolder(tree, resources, name, objects());
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

    // Of each service a file with what differs from the base. What only this environment has is in folders of its own.
    private void AddServices(FileTree tree, List<string> resources)
    {
        var (files, added) = (new List<string>(), new List<JsonObject>());
        foreach (var service in model.Services)
        {
            JsonObject[] usual = [.. _base.Of(service)], own = [.. _objects.Of(service)];
            added.AddRange(own.ExceptBy(usual.Select(Patches.KeyOf), Patches.KeyOf));
            if (Patches.Between(usual, own).ToArray() is not { Length: > 0 } patches)
                continue;

            files.Add($"{service.Name}.yaml");
            tree.AddDocuments($"{Folder}/services/{files[^1]}", patches);
        }

        resources.Add("services");
        tree.AddDocuments(
            $"{Folder}/services/{Kustomization.FileName}",
            Kustomization.Of([$"../../../{Base.Folder}", "../migrations"]).WithVersion(settings.Version).WithPatches(files));
        AddFolder(tree, resources, "rollouts", [.. added, .. _objects.Analyses()]);
    }

    private void AddMigrations(FileTree tree)
    {
        var kustomization = Kustomization.Of([$"../../../{Base.MigrationsFolder}"]);
        // A name of Kubernetes has small letters, digits and hyphens.
        kustomization["nameSuffix"] = "-" + string.Concat(settings.Version.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        List<string> files = [];
        if (Patches.Between(_base.Migrations(), [.. _objects.Migrations()]).ToArray() is { Length: > 0 } patches)
        {
            files.Add("jobs.yaml");
            tree.AddDocuments($"{Folder}/migrations/{files[0]}", patches);
        }

        tree.AddDocuments($"{Folder}/migrations/{Kustomization.FileName}", kustomization.WithPatches(files));
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
}
