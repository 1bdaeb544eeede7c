using ShopFlow.Export.Manifests;

namespace ShopFlow.Export.Model;

/// <summary>The model as a cluster sees it: what runs, and who may call whom.</summary>
internal sealed record ShopModel(
    IReadOnlyList<Service> Services,
    IReadOnlyList<Server> Servers,
    IReadOnlyList<Arrow> Arrows,
    IReadOnlyList<ManifestParameter> Parameters)
{
    public IEnumerable<Workload> Workloads => [.. Services, .. Servers];

    public IEnumerable<Arrow> ArrowsTo(Workload callee) => Arrows.Where(arrow => arrow.Callee == callee.Name);

    public IEnumerable<Arrow> ArrowsFrom(Workload caller) => Arrows.Where(arrow => arrow.Caller == caller.Name);

    /// <summary>Where the pods of the callee listen for this caller.</summary>
    public IEnumerable<int> TargetPorts(Arrow arrow) => Workloads
        .Single(workload => workload.Name == arrow.Callee).Endpoints
        .Where(endpoint => arrow.Ports.Contains(endpoint.Port))
        .Select(endpoint => endpoint.TargetPort);

    public bool UsesBroker(Service service) =>
        Servers.Any(server => server.Kind == ServerKind.RabbitMq && ArrowsFrom(service).Any(arrow => arrow.Callee == server.Name));

    /// <summary>Where a server is, if not in the cluster.</summary>
    public OutsideAddress? OutsideOf(string workload) => Servers.FirstOrDefault(server => server.Name == workload)?.Outside;

    /// <summary>The PostgreSQL servers that the service uses.</summary>
    public IEnumerable<Server> DatabasesOf(Service service) =>
        Servers.Where(server => server.Kind == ServerKind.PostgreSql && ArrowsFrom(service).Any(arrow => arrow.Callee == server.Name));
}

/// <summary>The caller has been told an endpoint of the callee; the ports are those of the endpoints that it was told.</summary>
internal sealed record Arrow(string Caller, string Callee, IReadOnlyList<int> Ports);

internal abstract record Workload(string Name)
{
    public required IReadOnlyList<Variable> Variables { get; init; }

    public required IReadOnlyList<ResolvedText> Arguments { get; init; }

    /// <summary>One for each port; an endpoint that shares another's listener is not here.</summary>
    public required IReadOnlyList<ManifestBinding> Endpoints { get; init; }

    /// <summary>Every parameter that the program is given.</summary>
    public IEnumerable<ParameterValue> Parameters => Variables.Select(variable => variable.Value).Concat(Arguments).SelectMany(text => text.Parameters).Distinct();
}

/// <summary>A program of ours.</summary>
internal sealed record Service(string Name) : Workload(Name)
{
    /// <summary>Where it answers requests, health checks among them.</summary>
    public ManifestBinding? Http => Endpoints.FirstOrDefault(endpoint => endpoint is { IsHttp: true, Name: "http" }) ?? Endpoints.FirstOrDefault(endpoint => endpoint.IsHttp);

    /// <summary>Where Prometheus reads its metrics: a port that the internet does not reach.</summary>
    public ManifestBinding? Metrics => Endpoints.FirstOrDefault(endpoint => endpoint.Name == "management") ?? Http;

    public bool IsPublic => Endpoints.Any(endpoint => endpoint.IsExternal);
}

/// <summary>A program of others, from an image of theirs.</summary>
internal sealed record Server(string Name, string Image) : Workload(Name)
{
    public string? Entrypoint { get; init; }

    public IReadOnlyList<ManifestVolume> Volumes { get; init; } = [];

    /// <summary>The names of its databases.</summary>
    public IReadOnlyList<string> Databases { get; init; } = [];

    /// <summary>Where it is, if not in the cluster.</summary>
    public OutsideAddress? Outside { get; init; }

    public ServerKind Kind => Repository switch
    {
        "postgres" => ServerKind.PostgreSql,
        "rabbitmq" => ServerKind.RabbitMq,
        "redis" => ServerKind.Redis,
        _ => ServerKind.Other,
    };

    /// <summary>Who the clients of a database or broker log in as.</summary>
    public ResolvedText User => ValueOf("POSTGRES_USER", "RABBITMQ_DEFAULT_USER") ?? ResolvedText.Of(Kind == ServerKind.RabbitMq ? "guest" : "postgres");

    /// <summary>The parameter with that user's password.</summary>
    public string? Password => ValueOf("POSTGRES_PASSWORD", "RABBITMQ_DEFAULT_PASS")?.OnlyParameter?.Parameter.Name;

    /// <summary>The tag of the image.</summary>
    public string Version => Image.Split('/')[^1].Split('@')[0].Split(':') is [_, var tag] ? tag : "latest";

    private ResolvedText? ValueOf(params ReadOnlySpan<string> names)
    {
        foreach (var variable in Variables)
            if (names.Contains(variable.Name))
                return variable.Value;
        return null;
    }

    private string Repository => Image.Split('/')[^1].Split('@', ':')[0];
}

internal enum ServerKind
{
    PostgreSql,
    RabbitMq,
    Redis,
    Other,
}

internal sealed record Variable(string Name, ResolvedText Value);
