using System.Text.Json;
using System.Text.Json.Serialization;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.Orders.Placing;
using ShopFlow.Orders.Pricing;

namespace ShopFlow.Orders;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlaceOrderRequest))]
[JsonSerializable(typeof(ShippingAddress))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(OrderPage))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(PriceQuestion))]
[JsonSerializable(typeof(PriceAnswer))]
[JsonSerializable(typeof(Cart))]
[JsonSerializable(typeof(QuoteRequest))]
[JsonSerializable(typeof(QuoteView))]
[JsonSerializable(typeof(RateSheet))]
internal sealed partial class OrdersJsonContext : JsonSerializerContext;
