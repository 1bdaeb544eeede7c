using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.Payments.Provider;

internal sealed record AuthoriseRequest(string IdempotencyKey, long Amount, string Currency, string Method, bool Capture);

internal sealed record RefundRequest(string IdempotencyKey, long Amount);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AuthoriseRequest))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(ProviderCharge))]
internal sealed partial class ProviderJsonContext : JsonSerializerContext;
