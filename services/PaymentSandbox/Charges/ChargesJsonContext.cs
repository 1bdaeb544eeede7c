using System.Text.Json;
using System.Text.Json.Serialization;
using ShopFlow.PaymentSandbox.Outages;

namespace ShopFlow.PaymentSandbox.Charges;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Charge))]
[JsonSerializable(typeof(ChargesApi.AuthoriseRequest))]
[JsonSerializable(typeof(ChargesApi.RefundRequest))]
[JsonSerializable(typeof(ChargesApi.ChargePage))]
[JsonSerializable(typeof(OutagesApi.OutageRequest))]
internal sealed partial class ChargesJsonContext : JsonSerializerContext;
