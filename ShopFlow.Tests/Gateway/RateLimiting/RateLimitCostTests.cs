using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ShopFlow.Gateway.RateLimiting;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace ShopFlow.Tests.Gateway.RateLimiting;

public sealed class RateLimitCostTests
{
    private const int Requests = 1000;

    /// <summary>The one text that differs from request to request, what is left, and the framework's look for the caller.</summary>
    private const int MostBytes = 128;

    [Theory]
    [InlineData(null)]
    [InlineData("Order")]
    public void A_request_within_its_limit_costs_one_text(string? named)
    {
        using var services = new ServiceCollection()
            .AddMetrics()
            .AddSingleton(Options.Create(new RateLimitOptions { Factor = 1_000_000 }))
            .AddSingleton(TimeProvider.System)
            .AddSingleton<RateLimiter>()
            .BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services, User = new(new ClaimsIdentity([new("sub", "anna")])) };
        context.Features.Set<IReverseProxyFeature>(new Proxied(named));
        Check(context);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Requests; i++)
            Check(context);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Requests, 1, MostBytes);
    }

    private static void Check(HttpContext context) => Assert.True(RateLimits.Check(context, _ => Task.CompletedTask).IsCompletedSuccessfully);

    private sealed class Proxied(string? named) : IReverseProxyFeature
    {
        public RouteModel Route { get; } = new(
            new() { RouteId = "route", Match = new(), Metadata = named is null ? null : new Dictionary<string, string> { [RateLimits.Metadata] = named } },
            cluster: null,
            HttpTransformer.Default);

        public ClusterModel Cluster { get; set; } = null!;

        public IReadOnlyList<DestinationState> AllDestinations => [];

        public IReadOnlyList<DestinationState> AvailableDestinations { get; set; } = [];

        public DestinationState? ProxiedDestination { get; set; }
    }
}
