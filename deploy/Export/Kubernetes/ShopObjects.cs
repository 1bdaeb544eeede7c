using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Kubernetes;

/// <summary>Which objects a shop with these settings has. Whatever writes them down, for kustomize or for Helm, takes them from here.</summary>
internal sealed class ShopObjects(ShopModel model, EnvironmentSettings settings)
{
    private const string Component = ServiceWorkload.Component;

    // The Jobs that migrate are in the first.
    private const int AfterMigrations = 2;

    public IReadOnlyList<Service> Services => model.Services;

    /// <summary>What holds for the whole namespace.</summary>
    public IEnumerable<JsonObject> Platform() => [.. Tenancy.Create(), .. AccessRights.Create(), .. NetworkRules.ForAll(), .. MeshRules.ForAll(), Monitoring.Create()];

    public IEnumerable<JsonObject> Of(Service service)
    {
        var own = settings.Services[service.Name];

        yield return ServiceObjects.Account(service.Name, Component);
        yield return ServiceWorkload.Create(service, own, settings.Servers.StorageClass).InWave(AfterMigrations);
        yield return ServiceObjects.DisruptionBudget(service.Name, Component);
        foreach (var rule in Outward(service, own))
            yield return rule;
        if (own.Storage is null)
            yield return Autoscaling.Create(service.Name, own, settings).InWave(AfterMigrations);

        if (service.Endpoints.Count > 0)
        {
            yield return ServiceObjects.Service(service, Component);
            yield return MeshTraffic.Destination(service, Component, own);
        }

        if (service.Http is not null)
            yield return MeshTraffic.Route(service, own, Component);
        if (own.Rollout != RolloutKind.Rolling)
            yield return Rollouts.Create(service, own, settings).InWave(AfterMigrations);
        if (own.Rollout == RolloutKind.BlueGreen)
            foreach (var check in PreviewCheck.Create(service, own))
                yield return check;
        if (MeshRules.Authorization(service, model, own, Component) is { } authorization)
            yield return authorization;
        if (service.IsPublic && Issuer is { } issuer && model.ArrowsFrom(service).Any(arrow => arrow.Callee == issuer.Name))
            yield return MeshRules.RequestAuthentication(service, issuer);

        if (HasDatabase(service))
        {
            yield return NetworkRules.ForMigration(service, model);
            yield return MeshTraffic.Sidecar(Names.Migration(service.Name), "migration", model.DatabasesOf(service).SelectMany(database => HostsOf(database.Name)));
        }
    }

    /// <summary>A Job for each service with a database.</summary>
    public IEnumerable<JsonObject> Migrations() => model.Services.SelectMany(MigrationsOf);

    public IEnumerable<JsonObject> MigrationsOf(Service service) => HasDatabase(service) ? [ServiceObjects.Migration(service, settings.Services[service.Name])] : [];

    /// <summary>What roll-outs of several services go by.</summary>
    public IEnumerable<JsonObject> Analyses() =>
        RolloutAnalysis.Create([.. settings.Services.Values], [.. settings.Services.Values.SelectMany(service => service.Streams).Distinct()]);

    public IEnumerable<JsonObject> Of(Server server) => server switch
    {
        // PostgreSQL speaks plainly first, and then of TLS.
        { Outside: { } outside } => [MeshTraffic.Outside(server.Name, ServerWorkload.Component(server), [new(outside.Host, outside.Port)], server.Kind != ServerKind.PostgreSql)],
        _ when IsOperated(server) => OperatorServers.Create(server, model, settings),
        _ => Contained(server),
    };

    public IEnumerable<JsonObject> Certificates() => ServerCertificates.Create(settings.Servers.Managed);

    /// <summary>What every environment has in its own way, by the folder or file in which it stands.</summary>
    public IEnumerable<(string Name, Func<IEnumerable<JsonObject>> Objects)> OfEnvironment() =>
        [("ingress", () => Ingress.Create(model, settings)), ("secrets", Secrets), ("flags", () => FeatureFlags.Create(model, settings))];

    /// <summary>What the ConfigMap named after the service or server holds; nothing where it needs none.</summary>
    public IEnumerable<(string Name, string Value)> Configuration(Workload workload) => workload switch
    {
        Service service => ServiceWorkload.Configuration(service),
        Server { Outside: null } server when !IsOperated(server) => Variables.Constants(DatabaseOwner.Apart(server)),
        _ => [],
    };

    /// <summary>The parameters that are no secrets, plain and as they stand in a URI: what the ConfigMap <see cref="Variables.Parameters"/> holds.</summary>
    public IEnumerable<(string Name, string Value)> Parameters() => model.Workloads
        .SelectMany(workload => workload.Parameters)
        .Where(value => !value.Parameter.IsSecret)
        .Distinct()
        .Select(value => (Variables.KeyInParameters(value), settings.Fill(new ResolvedText([value]))));

    private Service? Issuer => model.Services.FirstOrDefault(service => service is { Name: "auth", Http: not null });

    private bool HasDatabase(Service service) => model.DatabasesOf(service).Any();

    private bool IsOperated(Server server) => settings.Servers.Run == ServersRun.Operators && OperatorServers.Has(server.Kind);

    private IEnumerable<JsonObject> Secrets() => settings.Secrets switch
    {
        { From: SecretsSource.Aws, Region: { } region } => StoredSecrets.External(model, settings, region),
        { From: SecretsSource.Sealed } => StoredSecrets.Sealed(model, settings),
        _ => Kubernetes.Secrets.Generated(model),
    };

    // Whom the service calls. A name outside is made known to its proxy; a proxy that may call anybody knows everybody.
    private IEnumerable<JsonObject> Outward(Service service, ServiceSettings own)
    {
        OutsideHost[] named = [.. own.Outside.Where(outside => outside.Host != ServiceSettings.AnyHost)];
        var sidecar = MeshTraffic.Sidecar(
            service.Name, Component, model.ArrowsFrom(service).SelectMany(arrow => HostsOf(arrow.Callee)), named.Select(outside => $"./{outside.Host}").Distinct());
        if (named.Length < own.Outside.Count)
            sidecar["spec"]!["outboundTrafficPolicy"]!["mode"] = "ALLOW_ANY";

        yield return sidecar;
        yield return NetworkRules.For(
            service, model, Component, egress: own.Outside.Count == 0 ? [] : [NetworkRules.ToInternet(own.Outside.Select(outside => outside.Port).Distinct())]);
        if (named.Length > 0)
            yield return MeshTraffic.Outside(service.Name, Component, named);
    }

    private IEnumerable<string> HostsOf(string callee)
    {
        yield return model.OutsideOf(callee)?.Host ?? Names.Host(callee);
        // The testers' route is taken by the caller's proxy.
        if (settings.Services.GetValueOrDefault(callee)?.Rollout == RolloutKind.BlueGreen)
            yield return Names.Host(Names.Preview(callee));
    }

    private IEnumerable<JsonObject> Contained(Server server)
    {
        var component = ServerWorkload.Component(server);
        JsonObject?[] objects =
        [
            ServiceObjects.Account(server.Name, component),
            ServiceObjects.Service(server, component),
            DatabaseOwner.FirstStart(server),
            ServerWorkload.Create(DatabaseOwner.Apart(server), settings.Servers.ByKind[server.Kind], settings.Servers.StorageClass),
            ServiceObjects.DisruptionBudget(server.Name, component),
            NetworkRules.For(server, model, component),
            MeshRules.Authorization(server, model, settings: null, component),
            MeshTraffic.Sidecar(server.Name, component, model.ArrowsFrom(server).SelectMany(arrow => HostsOf(arrow.Callee))),
            MeshTraffic.Destination(server, component),
        ];
        return objects.OfType<JsonObject>();
    }
}
