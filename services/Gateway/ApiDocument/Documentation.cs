using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Gateway.ApiDocument;

/// <summary>The API as one OpenAPI document, and a page for it.</summary>
internal static class Documentation
{
    public const string Page = "/docs";

    private const string Document = "/openapi.json";

    public static void AddDocumentation(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpClient(ApiDocuments.Client);
        builder.Services.AddSingleton(services => new PublicOperations(new(services.GetRequiredService<IOptions<GatewayOptions>>().Value)));
        builder.Services.AddSingleton<ApiDocuments>();
    }

    public static void MapDocumentation(this WebApplication app)
    {
        app.MapGet(Document, AnswerAsync).ExcludeFromDescription();
        app.UseWhen(context => context.Request.Path == Document, document => document.UseResponseCompression());
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Page), docs => docs.UseSwaggerUI(page =>
        {
            page.RoutePrefix = Page.TrimStart('/');
            page.DocumentTitle = "ShopFlow API";
            page.SwaggerEndpoint(Document, "ShopFlow");
        }));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> AnswerAsync(ApiDocuments documents, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Bytes(await documents.GetAsync(cancellationToken), "application/json");
        }
        catch (HttpRequestException failure)
        {
            return Problems.Unavailable($"A service does not tell its operations: {failure.Message}");
        }
    }
}
