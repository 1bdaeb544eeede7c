namespace ShopFlow.Inventory.Data;

/// <summary>One change of the available units by an administrator.</summary>
internal sealed class StockAdjustment
{
    public Guid Id { get; init; }

    public required string Sku { get; init; }

    /// <summary>Units added, or taken away when negative; zero when a count confirmed the figure.</summary>
    public int Delta { get; init; }

    /// <summary>Available units after the adjustment.</summary>
    public int Available { get; init; }

    public required string Reason { get; init; }

    /// <summary>Id of the administrator.</summary>
    public required string Actor { get; init; }

    public DateTimeOffset At { get; init; }
}
