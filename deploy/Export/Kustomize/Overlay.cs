using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Kubernetes;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Kustomize;

/// <summary>What an environment adds to the base: servers, secrets, the ways in from the internet, versions, and where services differ.</summary>
/// <param name="common">The objects of the base.</param>
internal sealed class Overlay(ShopModel model, EnvironmentSettings settings, ShopObjects common)
{
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
        AddFolder(tree, resources, "servers/certificates", _objects.Certificates());
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

    // Of each service a file with what differs from the base, and one for each object that only this environment has.
    private void AddServices(FileTree tree, List<string> resources)
    {
        var added = _objects.Services.SelectMany(_objects.Of).ExceptBy(common.Services.SelectMany(common.Of).Select(Patches.KeyOf), Patches.KeyOf);
        var files = tree.AddObjects($"{Folder}/services", added);
        var kustomization = Kustomization.Of([$"../../../{Base.Folder}", "../migrations", .. files]).WithVersion(settings.Version);
        foreach (var (service, before) in model.Services.Zip(common.Services))
        {
            JsonObject[] usual = [.. common.Of(before)], own = [.. _objects.Of(service)];
            AddPatches(tree, $"{Folder}/services", service.Name, kustomization, usual, own);
            kustomization.WithChangedConfigMap(service.Name, common.Configuration(before), _objects.Configuration(service));
        }

        resources.Add("services");
        tree.AddDocuments($"{Folder}/services/{Kustomization.FileName}", kustomization);
        AddFolder(tree, resources, "rollouts", _objects.Analyses());
    }

    private void AddMigrations(FileTree tree)
    {
        var kustomization = Kustomization.Of([$"../../../{Base.MigrationsFolder}"]);
        kustomization["nameSuffix"] = Names.EndOfJob(settings.Version);
        AddPatches(tree, $"{Folder}/migrations", "differences", kustomization, [.. common.Migrations()], [.. _objects.Migrations()]);
        tree.AddDocuments($"{Folder}/migrations/{Kustomization.FileName}", kustomization);
    }

    private static void AddPatches(FileTree tree, string folder, string file, JsonObject kustomization, JsonObject[] usual, JsonObject[] own)
    {
        if (Patches.Between(usual, own).ToArray() is { Length: > 0 } patches)
        {
            tree.AddDocuments($"{folder}/{file}.yaml", patches);
            kustomization.WithPatches([$"{file}.yaml"]);
        }

        // In no file, because kustomize takes a patch that deletes only by itself.
        kustomization.WithPatches(Patches.Deletions(usual, own));
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
