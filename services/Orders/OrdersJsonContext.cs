using System.Text.Json;
using System.Text.Json.Serialization;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.Orders.Placing;

namespace ShopFlow.Orders;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlaceOrderRequest))]
[JsonSerializable(typeof(ShippingAddress))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(OrderPage))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(PriceQuestion))]
[JsonSerializable(typeof(PriceAnswer))]
internal sealed partial class OrdersJsonContext : JsonSerializerContext;
