using ShopFlow.Cart;
using ShopFlow.Flags;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddCart();

var app = builder.Build();
app.UseServiceDefaults();
app.UseFailure(Flag.CartFailure);
app.MapDefaultEndpoints();
app.MapCart();
app.MapDeadLetters();
await app.RunServiceAsync();
