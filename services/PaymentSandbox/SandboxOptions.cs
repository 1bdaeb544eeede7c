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

    /// <summary>Where shoppers reach the page of a challenge; by default where the shop reached the sandbox.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Where the shop takes webhooks. Without it they stay owed.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>Signs webhooks; the shop knows it too.</summary>
    [Required]
    public string WebhookSecret { get; init; } = "";

    /// <summary>How late a late webhook is.</summary>
    public TimeSpan LateWebhook { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Pause after a webhook did not arrive; doubled each time, up to <see cref="MaxWebhookBackoff"/>.</summary>
    public TimeSpan WebhookBackoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxWebhookBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A webhook that was not taken for so long is given up.</summary>
    public TimeSpan WebhookLifetime { get; init; } = TimeSpan.FromDays(1);
}
