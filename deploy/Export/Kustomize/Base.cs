using System.Text.Json.Nodes;
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

    public void AddTo(FileTree tree)
    {
        var platform = tree.AddObjects($"{Folder}/platform", [.. Tenancy.Create(), .. AccessRights.Create(), .. NetworkRules.ForAll(), .. MeshRules.ForAll()]);
        tree.AddDocuments($"{Folder}/platform/{Kustomization.FileName}", Kustomization.Of(platform));

        foreach (var service in model.Services)
        {
            var files = tree.AddObjects($"{Folder}/{service.Name}", Objects(service));
            tree.AddDocuments(
                $"{Folder}/{service.Name}/{Kustomization.FileName}",
                Kustomization.Of(files).WithConfigMap(service.Name, ServiceWorkload.Component, ServiceWorkload.Configuration(service)));
        }

        tree.AddDocuments($"{Folder}/{Kustomization.FileName}", Kustomization.Of(["platform", .. model.Services.Select(service => service.Name).Order(StringComparer.Ordinal)]));

        var migrations = tree.AddObjects(MigrationsFolder, model.Services.Where(HasDatabase).Select(service => ServiceObjects.Migration(service, settings.Services[service.Name])));
        tree.AddDocuments($"{MigrationsFolder}/{Kustomization.FileName}", Kustomization.Of(migrations));
    }

    private bool HasDatabase(Service service) => model.DatabasesOf(service).Any();

    private IEnumerable<JsonObject> Objects(Service service)
    {
        const string Component = ServiceWorkload.Component;
        var own = settings.Services[service.Name];

        yield return ServiceObjects.Account(service.Name, Component);
        yield return ServiceWorkload.Create(service, own, settings.Servers.StorageClass);
        yield return ServiceObjects.DisruptionBudget(service.Name, Component);
        foreach (var rule in Outward(service, own))
            yield return rule;
        if (own.Storage is null)
            yield return ServiceObjects.Autoscaler(service.Name, own);

        if (service.Endpoints.Count > 0)
        {
            yield return ServiceObjects.Service(service, Component);
            yield return MeshTraffic.Destination(service, Component);
        }

        if (service.Http is not null)
            yield return MeshTraffic.Route(service, Component);
        if (MeshRules.Authorization(service, model, own, Component) is { } authorization)
            yield return authorization;
        if (service.IsPublic && Issuer is { } issuer && model.ArrowsFrom(service).Any(arrow => arrow.Callee == issuer.Name))
            yield return MeshRules.RequestAuthentication(service, issuer);

        if (HasDatabase(service))
        {
            yield return NetworkRules.ForMigration(service, model);
            yield return MeshTraffic.Sidecar(Names.Migration(service.Name), "migration", model.DatabasesOf(service).Select(database => database.Name));
        }
    }

    // Whom the service calls. A name outside is made known to its proxy; a proxy that may call anybody knows everybody.
    private IEnumerable<JsonObject> Outward(Service service, ServiceSettings own)
    {
        const string Component = ServiceWorkload.Component;
        OutsideHost[] named = [.. own.Outside.Where(outside => outside.Host != ServiceSettings.AnyHost)];
        var sidecar = MeshTraffic.Sidecar(
            service.Name, Component, model.ArrowsFrom(service).Select(arrow => arrow.Callee), named.Select(outside => $"./{outside.Host}").Distinct());
        if (named.Length < own.Outside.Count)
            sidecar["spec"]!["outboundTrafficPolicy"]!["mode"] = "ALLOW_ANY";

        yield return sidecar;
        yield return NetworkRules.For(
            service, model, Component, egress: own.Outside.Count == 0 ? [] : [NetworkRules.ToInternet(own.Outside.Select(outside => outside.Port).Distinct())]);
        if (named.Length > 0)
            yield return MeshTraffic.Outside(service.Name, Component, named);
    }

    private Service? Issuer => model.Services.FirstOrDefault(service => service is { Name: "auth", Http: not null });
}
