using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;
using ShopFlow.ServiceDefaults.Authentication;

namespace ShopFlow.ServiceDefaults.OpenApi;

internal static partial class OpenApiExtensions
{
    /// <summary>/openapi/v1.json, titled after the service: every operation has an id, a summary and its security, and what has a usual name an example.</summary>
    public static void AddApiDescription(this IHostApplicationBuilder builder)
    {
        var title = builder.Environment.ApplicationName.Replace('.', ' ');

        builder.Services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                Describe(document, title);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                Describe(operation, context);
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                if (context.JsonPropertyInfo is { } property && Examples.Of(property.Name, schema) is { } example)
                    schema.Examples = [example];
                return Task.CompletedTask;
            });
        });
    }

    private static void Describe(OpenApiDocument document, string title)
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
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.OperationId ??= OperationNames.Of(metadata);
        operation.Summary ??= operation.OperationId is { } id ? Words(id) : null;
        operation.Security = SecurityOf(metadata, context.Document);
    }

    // None is written as an empty list, so that it is known to be meant.
    private static List<OpenApiSecurityRequirement> SecurityOf(IList<object> metadata, OpenApiDocument? document)
    {
        if (metadata.OfType<IAllowAnonymous>().Any() || metadata.OfType<IAuthorizeData>().ToList() is not [_, ..] rules)
            return [];

        var token = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(AccessTokenDefaults.Scheme, document)] = [] };
        return rules.TrueForAll(rule => rule.Policy is null or Policies.Admin) ? [token] : [token, []];
    }

    private static string Words(string name)
    {
        var words = Capital.Replace(name, match => " " + match.Value.ToLowerInvariant()).TrimStart();
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital { get; }
}
