using ShopFlow.Gateway;
using ShopFlow.Gateway.Edge;
using ShopFlow.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddGateway();

var app = builder.Build();
app.UseEdge();
app.UseServiceDefaults();
app.UseMiddleware<ManagementPort>();
app.MapDefaultEndpoints();
app.MapGateway();
await app.RunServiceAsync();
