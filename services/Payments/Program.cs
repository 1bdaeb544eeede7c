using ShopFlow.Messaging;
using ShopFlow.Payments;
using ShopFlow.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPayments();

var app = builder.Build();
app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapPayments();
app.MapDeadLetters();
await app.RunServiceAsync();
