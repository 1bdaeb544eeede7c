using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.Contracts;

/// <summary>How events are written on the wire: camelCase, nothing left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(PaymentRequested))]
[JsonSerializable(typeof(OrderConfirmed))]
[JsonSerializable(typeof(OrderCancelled))]
[JsonSerializable(typeof(OrderShipped))]
[JsonSerializable(typeof(OrderDelivered))]
[JsonSerializable(typeof(OrderRefunded))]
[JsonSerializable(typeof(ItemsReturned))]
[JsonSerializable(typeof(RefundRequested))]
[JsonSerializable(typeof(StockReserved))]
[JsonSerializable(typeof(StockRejected))]
[JsonSerializable(typeof(StockLevelsChanged))]
[JsonSerializable(typeof(StockLow))]
[JsonSerializable(typeof(PaymentCaptured))]
[JsonSerializable(typeof(PaymentDeclined))]
[JsonSerializable(typeof(PaymentRefunded))]
[JsonSerializable(typeof(PaymentChallengeRequired))]
[JsonSerializable(typeof(RefundRejected))]
[JsonSerializable(typeof(ProductsChanged))]
[JsonSerializable(typeof(UserRegistered))]
[JsonSerializable(typeof(PasswordResetRequested))]
[JsonSerializable(typeof(AdminActionRecorded))]
public sealed partial class ContractsJsonContext : JsonSerializerContext;
