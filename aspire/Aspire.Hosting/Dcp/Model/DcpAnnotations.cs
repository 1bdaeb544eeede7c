namespace Aspire.Hosting.Dcp.Model;

/// <summary>Names of the annotations that tie a DCP object to the application model.</summary>
internal static class DcpAnnotations
{
    public const string ResourceName = "resource-name";
    public const string EndpointName = "endpoint-name";
    public const string ServiceProducer = "service-producer";
    public const string ReplicaCount = "resource-replica-count";
    public const string ReplicaIndex = "resource-replica-index";
    public const string OtelServiceName = "otel-service-name";
    public const string OtelServiceInstanceId = "otel-service-instance-id";
}
