namespace ShopFlow.Export.Kubernetes;

/// <summary>What Prometheus knows of pods, by the names that the services, Istio's proxies and RabbitMQ give it. Each has the labels namespace and pod.</summary>
internal static class Metrics
{
    /// <summary>A histogram of ASP.NET Core: seconds until a request was answered, by <c>http_route</c>.</summary>
    public const string Durations = "http_server_request_duration_seconds";

    /// <summary>.NET's own; who is scraped has it.</summary>
    public const string Memory = "dotnet_process_memory_working_set_bytes";

    /// <summary>RabbitMQ's, by <c>queue</c>: messages that wait for a consumer.</summary>
    public const string QueueReady = "rabbitmq_detailed_queue_messages_ready";

    /// <summary>Where RabbitMQ tells it.</summary>
    public const int BrokerPort = 15692;
    public const string BrokerPath = "/metrics/detailed?family=queue_coarse_metrics";

    /// <summary>Istio's: requests by <c>response_code</c>, https://istio.io/latest/docs/reference/config/metrics/.</summary>
    public const string Answered = "istio_requests_total";
}
