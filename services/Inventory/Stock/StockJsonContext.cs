using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.Inventory.Stock;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AdjustStock.Request))]
[JsonSerializable(typeof(SetThreshold.ThresholdRequest))]
[JsonSerializable(typeof(StockLevels))]
[JsonSerializable(typeof(ListStock.StockPage))]
[JsonSerializable(typeof(ListAdjustments.AdjustmentPage))]
internal sealed partial class StockJsonContext : JsonSerializerContext;
