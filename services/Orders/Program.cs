using ShopFlow.Messaging;
using ShopFlow.Orders;
using ShopFlow.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddOrders();

var app = builder.Build();
app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapOrders();
app.MapDeadLetters();
await app.RunServiceAsync();
