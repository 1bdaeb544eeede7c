using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;

namespace ShopFlow.Export.Kubernetes;

/// <summary>
/// The Service of the ingress gateway: a Network Load Balancer by the AWS Load Balancer Controller. ExternalDNS takes its names from the
/// VirtualServices. Packets go to the pods themselves and keep the client's address, so the proxy protocol is not needed.
/// </summary>
internal static class LoadBalancer
{
    // Where Istio's gateways say whether they are ready.
    private const int StatusPort = 15021;

    public static JsonObject Create(EnvironmentSettings settings)
    {
        var ports = new JsonArray(Port("http", 80));
        if (!settings.IsPlainHttp)
            ports.Add(Port("https", 443));

        var service = Objects.Create("v1", "Service", Names.IngressApp, Tenancy.Component, new JsonObject
        {
            ["type"] = "LoadBalancer",
            ["loadBalancerClass"] = "service.k8s.aws/nlb",
            ["allocateLoadBalancerNodePorts"] = false,
            ["selector"] = new JsonObject { ["istio"] = Names.IngressLabel },
            ["ports"] = ports,
        }, Names.IngressNamespace);
        service["metadata"]!["annotations"] = Annotations();
        return service;
    }

    // https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
    private static JsonObject Annotations()
    {
        const string Prefix = "service.beta.kubernetes.io/aws-load-balancer";

        return new JsonObject
        {
            [$"{Prefix}-scheme"] = "internet-facing",
            [$"{Prefix}-nlb-target-type"] = "ip",
            [$"{Prefix}-attributes"] = "load_balancing.cross_zone.enabled=true",
            [$"{Prefix}-target-group-attributes"] = "preserve_client_ip.enabled=true,deregistration_delay.timeout_seconds=60",
            [$"{Prefix}-healthcheck-protocol"] = "http",
            [$"{Prefix}-healthcheck-port"] = $"{StatusPort}",
            [$"{Prefix}-healthcheck-path"] = "/healthz/ready",
            [$"{Prefix}-healthcheck-interval"] = "10",
            [$"{Prefix}-healthcheck-healthy-threshold"] = "2",
            [$"{Prefix}-healthcheck-unhealthy-threshold"] = "2",
        };
    }

    private static JsonObject Port(string name, int port) => new() { ["name"] = name, ["protocol"] = "TCP", ["port"] = port, ["targetPort"] = port };
}
