using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>What the internet reaches in one environment: hosts, certificates, routes with time limits, and the rules that let them in.</summary>
internal static class Ingress
{
    private const string GatewayName = "shop";
    private const string CertificateSecret = "shop-tls";
    private const string IssuerName = "letsencrypt";
    private const string ReadLimit = "15s";
    private const string WriteLimit = "35s";

    // A connection that follows an order lives as long as its shopper waits.
    private const string NoLimit = "0s";

    public static IEnumerable<JsonObject> Create(ShopModel model, EnvironmentSettings settings)
    {
        Service[] services = [.. model.Services.Where(service => settings.Services[service.Name].Host is not null)];
        if (services.Length == 0)
            return [];

        string[] hosts = [.. services.Select(service => HostOf(service, settings))];
        return
        [
            Gateway(settings, hosts),
            .. settings.IsPlainHttp ? Array.Empty<JsonObject>() : [Certificate(hosts), Issuer(settings)],
            .. settings.Ingress.LoadBalancer == LoadBalancerKind.Aws ? [LoadBalancer.Create(settings)] : Array.Empty<JsonObject>(),
            .. services.Select(service => Route(service, settings)),
            .. services.Select(service => MeshRules.IngressAuthorization(service, settings.Services[service.Name])),
            .. services.Select(NetworkRules.ForIngress),
        ];
    }

    private static string HostOf(Service service, EnvironmentSettings settings) => settings.Services[service.Name].Host switch
    {
        ServiceSettings.AnyHost => ServiceSettings.AnyHost,
        var host => $"{host}.{settings.Domain}",
    };

    private static JsonObject Gateway(EnvironmentSettings settings, string[] hosts)
    {
        var plain = Server(80, "HTTP", hosts);
        var servers = new JsonArray(plain);
        if (!settings.IsPlainHttp)
        {
            plain["tls"] = new JsonObject { ["httpsRedirect"] = true };
            var secure = Server(443, "HTTPS", hosts);
            secure["tls"] = new JsonObject { ["mode"] = "SIMPLE", ["credentialName"] = CertificateSecret, ["minProtocolVersion"] = "TLSV1_2" };
            servers.Add(secure);
        }

        return Objects.Create(MeshTraffic.Api, "Gateway", GatewayName, Tenancy.Component, new JsonObject
        {
            ["selector"] = new JsonObject { ["istio"] = Names.IngressLabel },
            ["servers"] = servers,
        });
    }

    private static JsonObject Server(int port, string protocol, string[] hosts) => new()
    {
        ["port"] = new JsonObject { ["number"] = port, ["name"] = protocol.ToLowerInvariant(), ["protocol"] = protocol },
        ["hosts"] = Strings(hosts),
    };

    // The ingress reads the certificate from a Secret beside itself.
    private static JsonObject Certificate(string[] hosts) => Objects.Create("cert-manager.io/v1", "Certificate", GatewayName, Tenancy.Component, new JsonObject
    {
        ["secretName"] = CertificateSecret,
        ["dnsNames"] = Strings(hosts),
        ["privateKey"] = new JsonObject { ["algorithm"] = "ECDSA", ["size"] = 256, ["rotationPolicy"] = "Always" },
        ["issuerRef"] = new JsonObject { ["group"] = "cert-manager.io", ["kind"] = "ClusterIssuer", ["name"] = IssuerName },
    }, Names.IngressNamespace);

    // Proved by a record in Route 53, so that a certificate is there before the name leads anywhere.
    private static JsonObject Issuer(EnvironmentSettings settings)
    {
        var issuer = CreateGlobal("cert-manager.io/v1", "ClusterIssuer", IssuerName, Tenancy.Component);
        issuer["spec"] = new JsonObject
        {
            ["acme"] = new JsonObject
            {
                ["server"] = settings.Ingress.Acme,
                ["privateKeySecretRef"] = new JsonObject { ["name"] = $"{IssuerName}-account" },
                ["solvers"] = new JsonArray(new JsonObject
                {
                    ["selector"] = new JsonObject { ["dnsZones"] = new JsonArray(settings.Domain) },
                    ["dns01"] = new JsonObject { ["route53"] = new JsonObject { ["region"] = settings.Ingress.Region, ["hostedZoneID"] = settings.Ingress.Zone } },
                }),
            },
        };
        return issuer;
    }

    public static JsonObject Route(Service service, EnvironmentSettings settings)
    {
        var own = settings.Services[service.Name];
        var routes = List(MeshTraffic.ForTesters(service, own));
        if (own.Streams.Count > 0)
            Add("streams", NoLimit, MeshTraffic.NoRetries(), own.Streams.Select(Stream));
        Add("reads", ReadLimit, MeshTraffic.Retries(), [MeshTraffic.Method("GET"), MeshTraffic.Method("HEAD")]);
        Add("writes", WriteLimit, MeshTraffic.NoRetries(), []);

        return Objects.Create(MeshTraffic.Api, "VirtualService", $"{service.Name}-from-internet", ServiceWorkload.Component, new JsonObject
        {
            ["hosts"] = new JsonArray(HostOf(service, settings)),
            ["gateways"] = new JsonArray(GatewayName),
            ["http"] = routes,
        });

        void Add(string name, string limit, JsonObject retries, IEnumerable<JsonObject> matches)
        {
            var route = new JsonObject { ["name"] = name };
            if (List(matches) is { Count: > 0 } match)
                route["match"] = match;
            route["timeout"] = limit;
            route["retries"] = retries;
            route["route"] = MeshTraffic.Destinations(service, own);
            routes.Add(route);
        }
    }

    private static JsonObject Stream(string path) => new() { ["uri"] = new JsonObject { ["regex"] = Pattern(path) } };

    /// <summary>A regular expression for a path with parts such as <c>{id}</c>.</summary>
    public static string Pattern(string path) => Regex.Replace(Regex.Escape(path), @"\\\{[^}]*}", "[^/]+");
}
