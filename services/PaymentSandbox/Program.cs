using ShopFlow.Flags;
using ShopFlow.PaymentSandbox;
using ShopFlow.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddSandbox();

var app = builder.Build();
app.UseServiceDefaults();
app.UseFailure(Flag.PaymentFailure);
app.UseDelay(Flag.PaymentSlow, TimeSpan.FromSeconds(7));
app.MapDefaultEndpoints();
app.MapSandbox();
await app.RunServiceAsync();
