using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Yarp.ReverseProxy.Configuration;

// What ./shopflow bench shop measures the gateway against: Kestrel with a constant body, and a YARP that does nothing but pass it on.
// Prints its address when it listens, and ends with its standard input.
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");

WebApplication app;
switch (args)
{
    case ["body", var bytes] when int.TryParse(bytes, out var size) && size >= 0:
        var body = new byte[size];
        body.AsSpan().Fill((byte)'x');
        app = builder.Build();
        app.Run(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        });
        break;

    case ["proxy", var address] when Uri.TryCreate(address, UriKind.Absolute, out _):
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "body", Match = new() { Path = "{**path}" } }],
            [new ClusterConfig { ClusterId = "body", Destinations = new Dictionary<string, DestinationConfig> { ["only"] = new() { Address = address } } }]);
        app = builder.Build();
        app.MapReverseProxy();
        break;

    default:
        Console.Error.WriteLine("usage: ShopFlow.Baseline body BYTES | proxy ADDRESS");
        return 2;
}

await app.StartAsync();
Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
await Console.In.ReadToEndAsync();
await app.StopAsync();
return 0;
