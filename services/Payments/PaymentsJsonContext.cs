using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.Payments;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(GetPayment.Response))]
internal sealed partial class PaymentsJsonContext : JsonSerializerContext;
