using System.Linq.Expressions;
using ShopFlow.Inventory.Data;

namespace ShopFlow.Inventory.Stock;

/// <summary>The units of one SKU, as the API shows them.</summary>
internal sealed record StockLevels(string Sku, int Available, int Reserved, long Sold)
{
    public static readonly Expression<Func<StockItem, StockLevels>> FromItem =
        item => new StockLevels(item.Sku, item.Available, item.Reserved, item.Sold);
}
