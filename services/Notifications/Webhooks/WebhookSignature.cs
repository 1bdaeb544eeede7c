using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ShopFlow.Notifications.Webhooks;

/// <summary>
/// <c>Shopflow-Signature: t=seconds since 1970,v1=hex</c>, where v1 is the HMAC-SHA-256 of "t.body" with the webhook's secret. The
/// receiver makes the same, compares, and refuses what is older than some minutes.
/// </summary>
internal static class WebhookSignature
{
    public const string Header = "Shopflow-Signature";

    public static string Create(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{timestamp}."));
        hmac.AppendData(body);
        return $"t={timestamp},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
