using ShopFlow.Catalog;
using ShopFlow.Flags;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddCatalog();

var app = builder.Build();
app.UseServiceDefaults();
app.UseFailure(Flag.CatalogFailure);
app.MapDefaultEndpoints();
app.MapCatalog();
app.MapDeadLetters();
await app.RunServiceAsync();
