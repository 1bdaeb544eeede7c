using System.Net.Mime;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;

namespace ShopFlow.Orders.Placing;

/// <summary>201 with the order and its Location, and for a guest the access key; byte for byte the same at every repetition.</summary>
internal sealed class PlacedAnswer(PlacedRequest placed, string? accessKey) : IResult, IEndpointMetadataProvider
{
    public Guid OrderId => placed.OrderId;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(OrderView), [MediaTypeNames.Application.Json]));

    public Task ExecuteAsync(HttpContext context)
    {
        context.Response.StatusCode = placed.StatusCode;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.Location = $"/orders/{OrderId}";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(Body, context.RequestAborted);
    }

    // The key is the one member that is not stored; base64url needs no escaping.
    private string Body => accessKey is null ? placed.Answer : $$"""{{placed.Answer[..^1]}},"accessKey":"{{accessKey}}"}""";
}
