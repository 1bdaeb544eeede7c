using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Maps gRPC methods as HTTP/2 routes. The feed has no gRPC server package; the protocol's own part is this small.</summary>
internal static class GrpcRoutes
{
    private const string ContentType = "application/grpc";

    public static void MapUnary<TRequest, TResponse>(
        this IEndpointRouteBuilder routes,
        string method,
        MessageParser<TRequest> parser,
        Func<TRequest, CancellationToken, Task<TResponse>> answer)
        where TRequest : class, IMessage<TRequest>
        where TResponse : IMessage =>
        routes.MapServerStream<TRequest, TResponse>(method, parser, async (request, send, cancellationToken) =>
            await send(await answer(request, cancellationToken)));

    public static void MapServerStream<TRequest, TResponse>(
        this IEndpointRouteBuilder routes,
        string method,
        MessageParser<TRequest> parser,
        Func<TRequest, Func<TResponse, Task>, CancellationToken, Task> run)
        where TRequest : class, IMessage<TRequest>
        where TResponse : IMessage =>
        routes.Map(method, async (context, cancellationToken) =>
        {
            var request = await GrpcFrames.ReadAsync(context.Request.BodyReader, parser, cancellationToken)
                ?? throw new InvalidDataException("The request is empty.");
            await run(
                request, message => GrpcFrames.WriteAsync(context.Response.BodyWriter, message, cancellationToken), cancellationToken);
        });

    /// <summary>A stream on which the server has nothing to say: it answers with headers and stays until the client leaves.</summary>
    public static void MapSilentStream<TRequest>(this IEndpointRouteBuilder routes, string method, MessageParser<TRequest> parser)
        where TRequest : class, IMessage<TRequest> =>
        routes.Map(method, async (context, cancellationToken) =>
        {
            await context.Response.BodyWriter.FlushAsync(cancellationToken);
            while (await GrpcFrames.ReadAsync(context.Request.BodyReader, parser, cancellationToken) is not null)
            {
                // What the client answers to prompts that were never made is of no interest.
            }
        });

    private static void Map(this IEndpointRouteBuilder routes, string method, Func<HttpContext, CancellationToken, Task> run) =>
        routes.MapPost(method, async context =>
        {
            var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            context.Response.ContentType = ContentType;
            await context.Response.StartAsync(stopping.Token);

            var status = await RunAsync(context, run, stopping.Token);
            context.Response.AppendTrailer("grpc-status", ((int)status.Code).ToString());
            if (status.Message is { } message)
            {
                context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(message));
            }
        });

    private static async Task<GrpcStatus> RunAsync(
        HttpContext context, Func<HttpContext, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run(context, cancellationToken);
            return new GrpcStatus(GrpcCode.Ok);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            return new GrpcStatus(GrpcCode.Cancelled);
        }
        catch (InvalidDataException e)
        {
            return new GrpcStatus(GrpcCode.InvalidArgument, e.Message);
        }
        catch (Exception e)
        {
            var logger = context.RequestServices.GetRequiredService<ILogger<ResourceServiceHost>>();
            logger.LogError(e, "{Method} failed.", context.Request.Path);

            return new GrpcStatus(GrpcCode.Internal, "The AppHost could not answer; its log says why.");
        }
    }
}
