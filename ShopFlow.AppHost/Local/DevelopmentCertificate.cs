using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ShopFlow.AppHost.Local;

/// <summary>A certificate for localhost, kept from run to run, so that whoever trusts it need not do so again.</summary>
internal static class DevelopmentCertificate
{
    // What marks those of dotnet dev-certs.
    private const string DevCerts = "1.3.6.1.4.1.311.84.1.1";

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan s_validity = TimeSpan.FromDays(365);
    private static readonly TimeSpan s_renewal = TimeSpan.FromDays(30);

    /// <summary>Whether <c>dotnet dev-certs</c> has made one, which Kestrel finds by itself.</summary>
    public static bool IsInStore()
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser, OpenFlags.ReadOnly);
        return store.Certificates.Any(known => known.HasPrivateKey && known.Extensions[DevCerts] is not null && known.NotAfter > DateTime.Now);
    }

    /// <summary>Makes the file, PKCS #12 without a password, unless it is there and good for a while.</summary>
    public static void Ensure(string file)
    {
        if (IsGood(file))
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        PrivateFile.Replace(file, Make());
    }

    private static bool IsGood(string file)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, password: null);
            return certificate.NotAfter - DateTime.Now > s_renewal;
        }
        catch (Exception e) when (e is IOException or CryptographicException)
        {
            return false;
        }
    }

    private static byte[] Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));

        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddMinutes(-5), now + s_validity);
        return certificate.Export(X509ContentType.Pkcs12);
    }
}
