using System.Text.Json;
using System.Text.Json.Serialization;
using ShopFlow.Notifications.Delivering;
using ShopFlow.Notifications.Preferences;
using ShopFlow.Notifications.Reading;
using ShopFlow.Notifications.Sending;
using ShopFlow.Notifications.Webhooks;

namespace ShopFlow.Notifications;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(NotificationPage))]
[JsonSerializable(typeof(SendRequest))]
[JsonSerializable(typeof(SentNotification))]
[JsonSerializable(typeof(PreferenceList))]
[JsonSerializable(typeof(PreferencesRequest))]
[JsonSerializable(typeof(RegisterWebhookRequest))]
[JsonSerializable(typeof(RegisteredWebhook))]
[JsonSerializable(typeof(WebhookList))]
[JsonSerializable(typeof(WebhookBody))]
[JsonSerializable(typeof(DeliveryPage))]
internal sealed partial class NotificationsJsonContext : JsonSerializerContext;
