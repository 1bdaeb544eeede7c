using System.Text.Json;
using System.Text.Json.Serialization;
using ShopFlow.Orders.Administration;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Fulfilment;
using ShopFlow.Orders.History;
using ShopFlow.Orders.Placing;
using ShopFlow.Orders.Pricing;
using ShopFlow.Orders.Promotions;
using ShopFlow.Orders.Refunds;
using ShopFlow.Orders.Returns;

namespace ShopFlow.Orders;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlaceOrderRequest))]
[JsonSerializable(typeof(SimpleOrderRequest))]
[JsonSerializable(typeof(SimpleOrderAnswer))]
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
[JsonSerializable(typeof(PromotionForm))]
[JsonSerializable(typeof(PromotionTerms))]
[JsonSerializable(typeof(PromotionView))]
[JsonSerializable(typeof(PromotionPage))]
[JsonSerializable(typeof(IReadOnlyList<AppliedDiscount>))]
[JsonSerializable(typeof(PackRequest))]
[JsonSerializable(typeof(ShipRequest))]
[JsonSerializable(typeof(ShipmentView))]
[JsonSerializable(typeof(ReturnRequest))]
[JsonSerializable(typeof(ReceiveRequest))]
[JsonSerializable(typeof(RejectRequest))]
[JsonSerializable(typeof(ReturnView))]
[JsonSerializable(typeof(RefundForm))]
[JsonSerializable(typeof(RefundView))]
[JsonSerializable(typeof(AdminOrderPage))]
[JsonSerializable(typeof(AdminOrderView))]
[JsonSerializable(typeof(AdminRefundPage))]
internal sealed partial class OrdersJsonContext : JsonSerializerContext;
