using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Aspire.Hosting.Dcp;

/// <summary>Trusts the authority that the kubeconfig names, and no other.</summary>
internal static class DcpTrust
{
    public static SocketsHttpHandler Handler(X509Certificate2 authority) => new()
    {
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                certificate is X509Certificate2 presented
                && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
                && IsIssuedBy(authority, presented),
        },
    };

    private static bool IsIssuedBy(X509Certificate2 authority, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;

        return chain.Build(certificate);
    }
}
