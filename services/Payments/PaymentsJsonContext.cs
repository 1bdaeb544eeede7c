using System.Text.Json;
using System.Text.Json.Serialization;
using ShopFlow.Payments.Webhooks;

namespace ShopFlow.Payments;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PaymentView))]
[JsonSerializable(typeof(PaymentDetails))]
[JsonSerializable(typeof(ProcessPaymentRequest))]
[JsonSerializable(typeof(ProcessedPayment))]
[JsonSerializable(typeof(ListPayments.Page))]
[JsonSerializable(typeof(ReceiveWebhook.Webhook))]
internal sealed partial class PaymentsJsonContext : JsonSerializerContext;
