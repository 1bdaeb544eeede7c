using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ShopFlow.Payments.Webhooks;

/// <summary>
/// Tells whether the provider has sent a body, and just now: <c>Shopflow-Signature: t=seconds since 1970,v1=hex</c>, where v1 is
/// the HMAC-SHA-256 of "t.body". While a secret is being changed there may be more than one v1.
/// </summary>
internal sealed class WebhookSignatures(PaymentsOptions options, TimeProvider time)
{
    public const string Header = "Shopflow-Signature";

    private const int LongestHeader = 500;

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(options.WebhookSecret);

    public bool IsValid(string? header, ReadOnlySpan<byte> body)
    {
        if (header is null or { Length: > LongestHeader })
            return false;

        var parts = header.Split(',', StringSplitOptions.TrimEntries);
        var timestamp = parts.FirstOrDefault(part => part.StartsWith("t=", StringComparison.Ordinal))?[2..];
        if (!IsRecent(timestamp))
            return false;

        var expected = Sign(timestamp!, body);
        var isValid = false;
        foreach (var part in parts.Where(part => part.StartsWith("v1=", StringComparison.Ordinal)))
            isValid |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(part[3..]), expected);
        return isValid;
    }

    // Without this an old body, once overheard, could be sent again for ever.
    private bool IsRecent(string? timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs((decimal)time.GetUtcNow().ToUnixTimeSeconds() - seconds) <= (decimal)options.WebhookWindow.TotalSeconds;

    private byte[] Sign(string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{timestamp}."));
        hmac.AppendData(body);
        return Encoding.UTF8.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
    }
}
