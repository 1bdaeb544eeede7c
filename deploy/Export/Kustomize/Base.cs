using ShopFlow.Export.Environments;
using ShopFlow.Export.Kubernetes;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Kustomize;

/// <summary>What is the same in every environment: the services with their rules, and the Jobs that migrate their databases.</summary>
internal sealed class Base(ShopModel model, EnvironmentSettings settings)
{
    public const string Folder = "base";

    /// <summary>Beside the base, because the names of Jobs carry the version: a Job cannot be changed.</summary>
    public const string MigrationsFolder = "migrations";

    /// <summary>For those who look after the cluster: settings of what it has to have.</summary>
    public const string ClusterFolder = "cluster";

    private readonly ShopObjects _objects = new(model, settings);

    public void AddTo(FileTree tree)
    {
        var platform = tree.AddObjects($"{Folder}/platform", _objects.Platform());
        tree.AddDocuments($"{Folder}/platform/{Kustomization.FileName}", Kustomization.Of(platform));

        foreach (var service in model.Services)
        {
            var files = tree.AddObjects($"{Folder}/{service.Name}", _objects.Of(service));
            tree.AddDocuments(
                $"{Folder}/{service.Name}/{Kustomization.FileName}",
                Kustomization.Of(files).WithConfigMap(service.Name, ServiceWorkload.Component, _objects.Configuration(service)));
        }

        tree.AddDocuments($"{Folder}/{Kustomization.FileName}", Kustomization.Of(["platform", .. model.Services.Select(service => service.Name).Order(StringComparer.Ordinal)]));

        tree.AddDocuments($"{ClusterFolder}/prometheus-adapter.yaml", PrometheusAdapter.Values(model));

        var migrations = tree.AddObjects(MigrationsFolder, _objects.Migrations());
        tree.AddDocuments($"{MigrationsFolder}/{Kustomization.FileName}", Kustomization.Of(migrations));
    }
}
