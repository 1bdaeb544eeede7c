using ShopFlow.Export.Environments;
using ShopFlow.Export.Kubernetes;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Kustomize;

/// <summary>An environment with failures on purpose. To end them, the environment's own overlay is applied and the experiments are deleted.</summary>
internal sealed class GameDay(ShopModel model, EnvironmentSettings settings)
{
    private const string FaultsFile = "faults.yaml";

    public static string FolderOf(string environment) => $"{Overlay.FolderOf(environment)}-gameday";

    public void AddTo(FileTree tree)
    {
        if (settings.GameDay is not { } gameDay)
            return;

        var folder = FolderOf(settings.Name);
        var patches = gameDay.Faults.SelectMany(fault =>
        {
            var (service, own) = (model.Services.Single(it => it.Name == fault.Key), settings.Services[fault.Key]);
            return Patches.Between([MeshTraffic.Route(service, own, ServiceWorkload.Component)], [Faults.Route(service, own, fault.Value)]);
        }).ToArray();
        if (patches.Length > 0)
            tree.AddDocuments($"{folder}/{FaultsFile}", patches);

        var experiments = tree.AddObjects(folder, Faults.Experiments(gameDay));
        tree.AddDocuments(
            $"{folder}/{Kustomization.FileName}",
            Kustomization.Of([$"../{settings.Name}", .. experiments]).WithPatches(patches.Length > 0 ? [FaultsFile] : []));
    }
}
