using ShopFlow.Gateway.Routing;

namespace ShopFlow.Gateway.Pages;

/// <summary>One page for the API: Swagger UI with a document for each service.</summary>
internal static class Documentation
{
    public const string Path = "/docs";

    public static void UseDocumentation(this WebApplication app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path), docs => docs.UseSwaggerUI(page =>
        {
            page.RoutePrefix = Path.TrimStart('/');
            page.DocumentTitle = "ShopFlow API";

            foreach (var service in Services.All)
                page.SwaggerEndpoint($"/openapi/{service}.json", $"{char.ToUpperInvariant(service[0])}{service[1..]}");
        }));
}
