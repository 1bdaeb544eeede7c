using System.Text.RegularExpressions;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>The names of metrics in PromQL. Those of services are what their /metrics answer, which ShopFlow.Tests' MetricsTests hold; the others are
/// https://istio.io/latest/docs/reference/config/metrics/ and https://www.rabbitmq.com/docs/prometheus.</summary>
internal static partial class MetricNames
{
    private static readonly string[] s_known =
    [
        "http_server_request_duration_seconds_bucket", "http_server_request_duration_seconds_count", "dotnet_process_memory_working_set_bytes",
        "istio_requests_total",
        "rabbitmq_detailed_queue_messages_ready",
    ];

    public static IEnumerable<string> In(string query)
    {
        string[] names = [.. Selected().Matches(query).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(names);
        return names;
    }

    public static void AssertKnown(string name) => Assert.Contains(name, s_known);

    [GeneratedRegex(@"([a-z_]+)\{")]
    private static partial Regex Selected();
}
