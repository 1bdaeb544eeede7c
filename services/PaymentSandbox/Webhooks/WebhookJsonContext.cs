using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.PaymentSandbox.Webhooks;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Webhook))]
internal sealed partial class WebhookJsonContext : JsonSerializerContext;
