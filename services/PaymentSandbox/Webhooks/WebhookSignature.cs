using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ShopFlow.PaymentSandbox.Webhooks;

/// <summary>HMAC-SHA-256 over "timestamp.body", so that neither can be changed, nor an old body sent under a new time.</summary>
internal static class WebhookSignature
{
    public const string Header = "Shopflow-Signature";

    /// <returns>The value of the header: <c>t=seconds since 1970,v1=hex</c>.</returns>
    public static string Create(ReadOnlySpan<byte> secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.ASCII.GetBytes($"{timestamp}."));
        hmac.AppendData(body);
        return $"t={timestamp},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
