using ShopFlow.Export.Model;

namespace ShopFlow.Export.Environments;

/// <summary>What the files in <c>deploy/environments</c> say of one environment.</summary>
internal sealed record EnvironmentSettings(string Name)
{
    /// <summary>The name of what holds in every environment that says nothing else.</summary>
    public const string Common = "common";

    /// <summary>The hosts of the public services are names below it.</summary>
    public required string Domain { get; init; }

    /// <summary>Whether the ingress answers plain HTTP. Else it answers TLS only.</summary>
    public required bool IsPlainHttp { get; init; }

    /// <summary>Where the images are, without the image's own name.</summary>
    public required string Registry { get; init; }

    /// <summary>The tag of the images.</summary>
    public required string Version { get; init; }

    /// <summary>The values of the model's parameters that are no secrets.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>For how many of a hundred requests each feature flag is on.</summary>
    public required IReadOnlyDictionary<string, int> Flags { get; init; }

    /// <summary>Whether autoscalers go by requests and by what waits, too: then there is a Prometheus adapter.</summary>
    public required bool HasCustomMetrics { get; init; }

    public required CanarySettings Canary { get; init; }

    /// <summary>Null: there are no game days.</summary>
    public required GameDaySettings? GameDay { get; init; }

    public required SecretsSettings Secrets { get; init; }

    public required ServersSettings Servers { get; init; }

    public required IngressSettings Ingress { get; init; }

    public required IReadOnlyDictionary<string, ServiceSettings> Services { get; init; }

    /// <summary>How a value is written in a URI.</summary>
    public Func<string, string> InUri { get; init; } = Uri.EscapeDataString;

    /// <summary>A text of the model with the values of its parameters, none of which is a secret.</summary>
    public string Fill(ResolvedText text) => string.Concat(text.Parts.Select(part => part switch
    {
        FixedText constant => constant.Text,
        ParameterValue { IsUriEncoded: true } value => InUri(Parameters[value.Parameter.Name]),
        ParameterValue value => Parameters[value.Parameter.Name],
        _ => throw new InvalidOperationException($"A text has no part {part}."),
    }));
}

/// <param name="Limits">What a new version may do at most while it takes over.</param>
/// <param name="Checks">Paths that a new version has to answer before it takes over at once.</param>
/// <param name="Calls">What a caller may ask for; others than the named may ask for what <see cref="OtherCallers"/> has.</param>
/// <param name="Host">The name below the environment's domain under which the internet reaches it; <see cref="AnyHost"/> for
/// whatever no other service has, as the load balancer's own name; null: the internet doesn't.</param>
/// <param name="Streams">Paths whose answers have no end, as <c>/orders/{id}/events</c>.</param>
/// <param name="Outside">Whom it calls outside the cluster.</param>
/// <param name="Storage">What it keeps on a disk of its own. Such a service has one replica.</param>
internal sealed record ServiceSettings(
    Range Replicas,
    Cpu Cpu,
    Memory Memory,
    Scaling Scaling,
    RolloutKind Rollout,
    Limits Limits,
    IReadOnlyList<string> Checks,
    string? Host,
    IReadOnlyList<string> Streams,
    IReadOnlyDictionary<string, IReadOnlyList<Operation>> Calls,
    IReadOnlyList<OutsideHost> Outside,
    Storage? Storage)
{
    public const string AnyHost = "*";

    public const string OtherCallers = "others";

    /// <summary>The name of the caller outside.</summary>
    public const string Internet = "internet";

    /// <summary>What the caller may ask for; null: everything but what is internal.</summary>
    public IReadOnlyList<Operation>? CallsOf(string caller) =>
        Calls.GetValueOrDefault(caller) ?? (caller == Internet ? null : Calls.GetValueOrDefault(OtherCallers));
}

internal sealed record Range(int Min, int Max);

/// <summary>Quantities of Kubernetes, as <c>100m</c>.</summary>
internal sealed record Cpu(string Request, string Limit);

/// <summary>Quantities of Kubernetes, as <c>128Mi</c>.</summary>
internal sealed record Memory(string Request, string Limit)
{
    /// <param name="measured">MiB of a replica under load; it is what is requested.</param>
    /// <param name="margin">By what it is multiplied to give the limit.</param>
    public Memory(int measured, double margin) : this($"{measured}Mi", $"{Math.Ceiling(measured * margin / 16) * 16}Mi")
    {
    }
}

/// <summary>At which average of the replicas more are added.</summary>
/// <param name="Cpu">Percent of what is requested.</param>
/// <param name="Memory">Percent of what is requested, which is what a replica under load has anyway: more than 100.</param>
/// <param name="Requests">A second.</param>
/// <param name="Queued">Events that wait for the service.</param>
internal sealed record Scaling(int Cpu, int Memory, int? Requests, int? Queued);

/// <summary>How a new version takes over.</summary>
internal enum RolloutKind
{
    /// <summary>Pod by pod, by the Deployment.</summary>
    Rolling,

    /// <summary>With growing shares of the requests, by an Argo Rollout.</summary>
    Canary,

    /// <summary>At once, after a check, by an Argo Rollout.</summary>
    BlueGreen,
}

/// <param name="Errors">Percent of requests that may be answered with 5xx.</param>
/// <param name="P99">Within which 99 of a hundred requests have to be answered.</param>
internal sealed record Limits(double Errors, TimeSpan P99);

/// <param name="Weights">Percent of the requests that a canary gets, one after the other; the last is 100.</param>
/// <param name="Pause">How long it keeps each, as <c>300s</c>.</param>
internal sealed record CanarySettings(IReadOnlyList<int> Weights, string Pause);

/// <param name="Method">An HTTP method, or <c>*</c>.</param>
/// <param name="Path">A path; a star at its end stands for any rest.</param>
internal sealed record Operation(string Method, string Path);

/// <param name="Host">A name, or <see cref="ServiceSettings.AnyHost"/>.</param>
internal sealed record OutsideHost(string Host, int Port);

/// <param name="Size">A quantity of Kubernetes, as <c>5Gi</c>.</param>
internal sealed record Storage(string Path, string Size);

/// <param name="Region">The AWS region, where they come from there.</param>
internal sealed record SecretsSettings(SecretsSource From, string? Region)
{
    /// <summary>What <c>kubeseal</c> made of each secret parameter, with <see cref="SecretsSource.Sealed"/>.</summary>
    public IReadOnlyDictionary<string, string> Sealed { get; init; } = new Dictionary<string, string>();
}

internal enum SecretsSource
{
    /// <summary>A Job in the cluster makes those that are missing.</summary>
    Generated,

    /// <summary>AWS Secrets Manager.</summary>
    Aws,

    /// <summary>Encrypted in a file beside the settings, with the cluster's own key.</summary>
    Sealed,
}
