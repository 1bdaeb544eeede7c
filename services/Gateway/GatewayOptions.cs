using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Gateway;

/// <summary>Settings of the section <c>Gateway</c>.</summary>
internal sealed record GatewayOptions
{
    /// <summary>How long a service may take to answer a read.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan ReadLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take where a request waits in a queue or changes something.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan WriteLimit { get; init; } = TimeSpan.FromSeconds(30);

    [Range(1, int.MaxValue)]
    public int MaximumBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>Where an administrator sends files.</summary>
    [Range(1, int.MaxValue)]
    public int MaximumFileBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>How long a client may take to send the headers of a request.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan HeadersLimit { get; init; } = TimeSpan.FromSeconds(10);

    [Range(1, int.MaxValue)]
    public int MaximumConnections { get; init; } = 10_000;

    /// <summary>Origins whose pages a browser may let ask, such as <c>https://shop.example</c>. Pages of the gateway's own origin always may.</summary>
    public string[] AllowedOrigins { get; init; } = [];

    /// <summary>Where metrics are read. Null: nowhere.</summary>
    [Range(1, ushort.MaxValue)]
    public int? ManagementPort { get; init; }
}
