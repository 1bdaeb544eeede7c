using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Cart;

/// <summary>The section "Cart" of the configuration.</summary>
internal sealed class CartOptions
{
    /// <summary>Pieces of one SKU.</summary>
    [Range(1, 10_000)]
    public int MostPieces { get; set; } = 99;

    /// <summary>SKUs in a cart. A merge may go beyond it, so that nothing is lost, but nothing can be added then.</summary>
    [Range(1, 100)]
    public int MostLines { get; set; } = 50;

    /// <summary>A guest's cart goes when nobody has looked at it for this long.</summary>
    public TimeSpan GuestLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <inheritdoc cref="GuestLifetime"/>
    public TimeSpan UserLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How old a price shown in a cart may be. An order is always priced anew.</summary>
    public TimeSpan PriceLifetime { get; set; } = TimeSpan.FromSeconds(1);
}
