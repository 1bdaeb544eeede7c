namespace ShopFlow.Export.Environments;

/// <summary>What is before the ingress gateway.</summary>
/// <param name="Acme">The directory of the authority that signs certificates.</param>
/// <param name="Zone">Route 53's id of the zone that has the domain; certificates are proved in it.</param>
/// <param name="Region">The AWS region that Route 53 is asked through.</param>
internal sealed record IngressSettings(LoadBalancerKind LoadBalancer, string Acme, string Zone, string Region)
{
    public static IngressSettings Read(SettingsFields fields, bool isPlainHttp)
    {
        var settings = new IngressSettings(
            fields.Choice<LoadBalancerKind>("loadBalancer"), fields.Text("acme"), fields.OptionalText("zone") ?? "", fields.OptionalText("region") ?? "");
        if (!settings.Acme.StartsWith("https://", StringComparison.Ordinal))
            fields.Wrong("acme", "must be the https address of an ACME directory");
        if (!isPlainHttp && settings.Zone.Length == 0)
            fields.Wrong("zone", "is missing: certificates are proved in Route 53's zone of the domain");
        if (!isPlainHttp && settings.Region.Length == 0)
            fields.Wrong("region", "is missing: Route 53 is asked through an AWS region");
        return settings;
    }
}

internal enum LoadBalancerKind
{
    /// <summary>The Service of the ingress gateway is made elsewhere.</summary>
    None,

    /// <summary>A Network Load Balancer by the AWS Load Balancer Controller, with its names in Route 53 by ExternalDNS.</summary>
    Aws,
}
