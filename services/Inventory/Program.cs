using ShopFlow.Inventory;
using ShopFlow.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddInventory();

var app = builder.Build();
app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapInventory();
await app.RunServiceAsync();
