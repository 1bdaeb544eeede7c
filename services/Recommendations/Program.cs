using ShopFlow.Messaging;
using ShopFlow.Recommendations;
using ShopFlow.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddRecommendations();

var app = builder.Build();
app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapRecommendations();
app.MapDeadLetters();
await app.RunServiceAsync();
