using System.Net.Mime;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;

namespace ShopFlow.Orders.Placing;

/// <summary>201 with the order and its Location; byte for byte the same at every repetition.</summary>
internal sealed class PlacedAnswer(PlacedRequest placed) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(OrderView), [MediaTypeNames.Application.Json]));

    public Task ExecuteAsync(HttpContext context)
    {
        context.Response.StatusCode = placed.StatusCode;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.Location = $"/orders/{placed.OrderId}";
        return context.Response.WriteAsync(placed.Answer, context.RequestAborted);
    }
}
