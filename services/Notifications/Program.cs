using ShopFlow.Flags;
using ShopFlow.Messaging;
using ShopFlow.Notifications;
using ShopFlow.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddNotifications();

var app = builder.Build();
app.UseServiceDefaults();
app.UseFailure(Flag.NotificationsDown);
app.MapDefaultEndpoints();
app.MapNotifications();
app.MapDeadLetters();
await app.RunServiceAsync();
