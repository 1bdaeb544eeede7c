using ShopFlow.Auth;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddAuth();

var app = builder.Build();
app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapAuth();
app.MapDeadLetters();
await app.RunServiceAsync();
