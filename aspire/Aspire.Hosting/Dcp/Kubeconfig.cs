using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Dcp;

/// <summary>The three entries of the file in which DCP announces its API server.</summary>
internal sealed partial record Kubeconfig(Uri Server, string Token, string CertificateAuthorityPem)
{
    /// <summary>Reads the file; null while DCP has not yet written all of it.</summary>
    public static Kubeconfig? TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var entries = Entry().Matches(File.ReadAllText(path)).ToLookup(m => m.Groups["key"].Value, m => m.Groups["value"].Value);
        var server = entries["server"].FirstOrDefault();
        var authority = entries["certificate-authority-data"].FirstOrDefault();
        var token = entries["token"].FirstOrDefault();

        return server is null || authority is null || token is null
            ? null
            : new Kubeconfig(new Uri(server + "/"), token, Encoding.ASCII.GetString(Convert.FromBase64String(authority)));
    }

    public X509Certificate2 CertificateAuthority() => X509Certificate2.CreateFromPem(CertificateAuthorityPem);

    [GeneratedRegex(@"^[\s-]*(?<key>server|certificate-authority-data|token):\s*(?<value>\S+)[ \t]*\r?\n", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
