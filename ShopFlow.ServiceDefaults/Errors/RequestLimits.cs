using System.ComponentModel.DataAnnotations;

namespace ShopFlow.ServiceDefaults.Errors;

/// <summary>Section "RequestLimits". An endpoint may differ by its own metadata, such as <c>DisableRequestTimeout()</c> for a stream.</summary>
internal sealed class RequestLimits
{
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    [Range(1, long.MaxValue)]
    public long BodyBytes { get; set; } = 1024 * 1024;
}
