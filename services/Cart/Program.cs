using ShopFlow.Cart;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddCart();

var app = builder.Build();
app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapCart();
app.MapDeadLetters();
await app.RunServiceAsync();
