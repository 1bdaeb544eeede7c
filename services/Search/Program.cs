using ShopFlow.Flags;
using ShopFlow.Search;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddSearch();

var app = builder.Build();
app.UseServiceDefaults();
app.UseDelay(Flag.SearchSlow, TimeSpan.FromSeconds(3));
app.MapDefaultEndpoints();
app.MapSearch();
app.MapDeadLetters();
await app.RunServiceAsync();
