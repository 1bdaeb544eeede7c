namespace ShopFlow.Export.Tests.Kubernetes;

public sealed class EdgeTests
{
    [Theory]
    [InlineData("dev", "bank.dev.shop.example", 80)]
    [InlineData("staging", "api.staging.shop.example,bank.staging.shop.example", 80, 443)]
    [InlineData("production", "api.shop.example", 80, 443)]
    public async Task The_load_balancer_has_the_names_of_the_gateway_and_checks_it_where_it_says_whether_it_is_ready(string environment, string names, params int[] ports)
    {
        var objects = await Overlays.BuildAsync(environment);
        var balancer = objects.Single(it => it is { Kind: "Service", Namespace: "istio-ingress" });
        var annotations = KubernetesObject.Labels(balancer.Json["metadata"]!["annotations"]);

        var hosts = objects.Where(it => it.Kind == "VirtualService" && it.Spec["gateways"] is not null).Select(it => $"{it.Spec["hosts"]![0]}").Where(host => host != "*");
        Assert.Equal(names.Split(',').Order(), hosts.Order());
        Assert.Equal(ports, balancer.Spec["ports"]!.AsArray().Select(port => port!["port"]!.GetValue<int>()));
        Assert.Equal(("LoadBalancer", "service.k8s.aws/nlb"), ($"{balancer.Spec["type"]}", $"{balancer.Spec["loadBalancerClass"]}"));
        Assert.Equal("15021 /healthz/ready", $"{annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-port"]} {annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-path"]}");
    }

    [Fact]
    public async Task In_dev_any_name_of_the_load_balancer_leads_to_the_gateway_over_plain_HTTP()
    {
        var objects = await Overlays.BuildAsync("dev");
        var server = Assert.Single(objects.Single(it => it.Kind == "Gateway").Spec["servers"]!.AsArray());

        Assert.Equal("80", $"{server!["port"]!["number"]}");
        Assert.Contains("*", server["hosts"]!.AsArray().Select(host => $"{host}"));
        Assert.False(server.AsObject().ContainsKey("tls"));
        Assert.Equal("*", $"{objects.Single(it => it is { Kind: "VirtualService", Name: "gateway-from-internet" }).Spec["hosts"]![0]}");
        Assert.DoesNotContain(objects, it => it.Kind is "Certificate" or "ClusterIssuer");
    }

    [Theory]
    [InlineData("staging", "staging.shop.example")]
    [InlineData("production", "shop.example")]
    public async Task The_certificate_has_every_name_and_its_issuer_proves_the_domain_in_Route_53(string environment, string domain)
    {
        var objects = await Overlays.BuildAsync(environment);
        var certificate = objects.Single(it => it.Kind == "Certificate");
        var issuer = objects.Single(it => it.Kind == "ClusterIssuer");
        var secure = objects.Single(it => it.Kind == "Gateway").Spec["servers"]!.AsArray().Single(server => server!["port"]!["number"]!.GetValue<int>() == 443)!;

        Assert.Equal(secure["hosts"]!.ToJsonString(), certificate.Spec["dnsNames"]!.ToJsonString());
        Assert.Equal($"{secure["tls"]!["credentialName"]}", $"{certificate.Spec["secretName"]}");
        Assert.Equal((issuer.Kind, issuer.Name), ($"{certificate.Spec["issuerRef"]!["kind"]}", $"{certificate.Spec["issuerRef"]!["name"]}"));
        var solver = Assert.Single(issuer.Spec["acme"]!["solvers"]!.AsArray())!;
        Assert.Equal(domain, $"{Assert.Single(solver["selector"]!["dnsZones"]!.AsArray())}");
        Assert.Equal("eu-west-1", $"{solver["dns01"]!["route53"]!["region"]}");
    }

    [Fact]
    public async Task Another_may_make_the_load_balancer()
    {
        var input = (await AppHostManifest.InputAsync("production")).With("common.yaml", "loadBalancer: aws ", "loadBalancer: none ");
        Assert.DoesNotContain(await Overlays.BuildAsync(input), it => it is { Kind: "Service", Namespace: "istio-ingress" });
    }
}
