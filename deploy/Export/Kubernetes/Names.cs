using System.Security.Cryptography;
using System.Text;

namespace ShopFlow.Export.Kubernetes;

/// <summary>Names in the cluster that are not the model's. Those of other namespaces are where the charts of Istio, Prometheus and the
/// OpenTelemetry collector put things; see docs/export.md.</summary>
internal static class Names
{
    public const string Shop = "shopflow";

    // The names of Jobs and Services become labels.
    private const int LongestLabel = 63;

    // CloudNativePG takes no longer one.
    private const int LongestCluster = 50;

    // With the hyphen before it: the version, or the revision of a release.
    private const int LongestEndOfJob = 23;

    public const string IngressNamespace = "istio-ingress";
    public const string IngressApp = "istio-ingress";

    /// <summary>The label <c>istio</c> of the ingress gateway's pods.</summary>
    public const string IngressLabel = "ingress";

    public const string IstioNamespace = "istio-system";
    public const string MonitoringNamespace = "monitoring";
    public const string PostgresOperatorNamespace = "cnpg-system";
    public const string TelemetryNamespace = "observability";

    /// <summary>Where Prometheus answers queries: the Service that its operator makes.</summary>
    public const string Prometheus = $"http://prometheus-operated.{MonitoringNamespace}.svc.cluster.local";
    public const int PrometheusPort = 9090;

    /// <summary>Where traces, metrics and logs go, over OTLP with gRPC.</summary>
    public const int CollectorPort = 4317;

    /// <summary>What every namespace has on it, by Kubernetes itself.</summary>
    public const string NamespaceLabel = "kubernetes.io/metadata.name";

    public static string Principal(string account, string @namespace = Shop) => $"cluster.local/ns/{@namespace}/sa/{account}";

    public static string Host(string service) => $"{service}.{Shop}.svc.cluster.local";

    /// <summary>The Job that migrates a service's database has pods of its own, which no Service may select.</summary>
    public static string Migration(string service) => Cut($"{service}-migration", LongestLabel - LongestEndOfJob);

    /// <summary>What the names of Jobs that carry the version end with.</summary>
    public static string EndOfJob(string version) =>
        "-" + Cut(string.Concat(version.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')), LongestEndOfJob - 1);

    /// <summary>The Service in front of the next version of a service that changes over at once.</summary>
    public static string Preview(string service) => Cut($"{service}-preview", LongestLabel);

    /// <summary>The Job that asks there before the traffic comes.</summary>
    public static string PreviewCheck(string service) => Cut($"{service}-preview-check", LongestLabel);

    /// <summary>The nodes of a database, in front of which a PgBouncer has the server's name.</summary>
    public static string DatabaseCluster(string server) => Cut($"{server}-cluster", LongestCluster);

    /// <summary>The name that an image has in the base; the overlays say where it is and which version.</summary>
    public static string Image(string service) => $"shopflow/{service}";

    /// <summary>The end of a name that tells contents apart.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];

    private static string Cut(string name, int longest) =>
        name.Length <= longest ? name : $"{name[..(longest - "-12345678".Length)].TrimEnd('-')}-{Hash(name)}";
}
