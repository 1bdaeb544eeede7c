using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;
using ShopFlow.ServiceDefaults.Authentication;

namespace ShopFlow.ServiceDefaults;

internal static class OpenApi
{
    /// <summary>/openapi/v1.json, titled after the service, with the bearer token on the operations that need one.</summary>
    public static void AddApiDescription(this IHostApplicationBuilder builder)
    {
        var title = builder.Environment.ApplicationName.Replace('.', ' ');

        builder.Services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = title, Version = "v1" };
                // Relative to where it is read: through the gateway the service's own address means nothing.
                document.Servers = [];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                document.Components.SecuritySchemes[AccessTokenDefaults.Scheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                };
                return Task.CompletedTask;
            });

            options.AddOperationTransformer((operation, context, _) =>
            {
                var metadata = context.Description.ActionDescriptor.EndpointMetadata;
                if (metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any())
                    operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(AccessTokenDefaults.Scheme, context.Document)] = [] }];

                return Task.CompletedTask;
            });
        });
    }
}
