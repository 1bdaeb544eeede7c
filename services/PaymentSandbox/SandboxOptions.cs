using System.ComponentModel.DataAnnotations;

namespace ShopFlow.PaymentSandbox;

/// <summary>Section <c>Sandbox</c> of the configuration.</summary>
internal sealed record SandboxOptions
{
    /// <summary>What a caller must send as <c>X-Api-Key</c>.</summary>
    [Required]
    public string ProviderKey { get; init; } = "";

    /// <summary>Folder of the ledger file. Charges outlive the process, and in the default folder not the machine.</summary>
    [Required]
    public string DataDirectory { get; init; } = Path.Combine(Path.GetTempPath(), "shopflow-payment-sandbox");

    /// <summary>How long <c>tok_slow</c> thinks.</summary>
    public TimeSpan SlowAnswer { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a caller of the time-out cards hears nothing before the connection is cut.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(20);
}
