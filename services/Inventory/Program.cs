using ShopFlow.Inventory;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddInventory();

var app = builder.Build();
app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapInventory();
app.MapDeadLetters();
await app.RunServiceAsync();
