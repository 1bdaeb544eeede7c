using ShopFlow.Export.Manifests;

namespace ShopFlow.Export.Environments;

/// <summary>The servers that AWS runs: RDS for PostgreSQL, Amazon MQ for RabbitMQ and ElastiCache. All speak TLS only.</summary>
/// <param name="Addresses">Where each server of the model is, by its name.</param>
/// <param name="Certificates">PEM: the authorities of the databases' certificates, which are AWS's own; everybody knows the others.</param>
internal sealed record ManagedServers(IReadOnlyDictionary<string, OutsideAddress> Addresses, string Certificates)
{
    /// <summary>Where a service finds <see cref="Certificates"/>.</summary>
    public const string CertificatesFile = "/etc/shopflow/certificates/aws.pem";

    /// <summary>The same model with these servers: services are told their addresses, in the words in which the clients' libraries ask for TLS.</summary>
    public Manifest Move(Manifest manifest) => new([.. manifest.Resources.Select(Move)]);

    private ManifestResource Move(ManifestResource resource)
    {
        if (resource.ConnectionString is { } connection)
            resource = resource with { ConnectionString = WithTls(connection) };

        return resource switch
        {
            ManifestContainer container when Addresses.TryGetValue(container.Name, out var address) => container with
            {
                Outside = address,
                Bindings = [.. container.Bindings.Take(1).Select(binding => binding with { Scheme = WithTls(binding.Scheme), Port = address.Port, TargetPort = address.Port })],
            },
            ManifestWorkload workload => workload with { Environment = [.. workload.Environment.Select(variable => variable with { Value = WithTls(variable.Value) })] },
            _ => resource,
        };
    }

    private static string WithTls(string scheme) => scheme == "redis" ? "rediss" : scheme;

    private Template WithTls(Template template)
    {
        // What only names another text is that one's matter.
        if (!template.Parts.OfType<Placeholder>().Any(part => part.Path.Split('.') is [var name, "bindings", ..] && Addresses.ContainsKey(name)))
            return template;

        return Template.Parse(template.Text switch
        {
            var text when text.StartsWith("Host=", StringComparison.Ordinal) => $"{text};SSL Mode=VerifyFull;Root Certificate={CertificatesFile}",
            var text when text.Contains("postgresql://") => $"{text}?sslmode=verify-full&sslrootcert={CertificatesFile}",
            var text when text.StartsWith("amqp://", StringComparison.Ordinal) => $"amqps{text[4..]}",
            var text when text.Contains(",password=") => $"{text},ssl=true",
            var text => text,
        });
    }
}
