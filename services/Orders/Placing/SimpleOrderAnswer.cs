using System.Text.Json.Serialization;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Placing;

internal sealed record SimpleOrderAnswer([property: JsonPropertyName("order_id")] Guid OrderId, OrderStatus Status);
