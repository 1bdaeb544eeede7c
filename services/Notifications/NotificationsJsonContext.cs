using System.Text.Json;
using System.Text.Json.Serialization;
using ShopFlow.Notifications.Reading;

namespace ShopFlow.Notifications;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(NotificationPage))]
internal sealed partial class NotificationsJsonContext : JsonSerializerContext;
