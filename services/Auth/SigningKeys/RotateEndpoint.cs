using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.SigningKeys;

internal static class RotateEndpoint
{
    public static void MapRotateSigningKey(this IEndpointRouteBuilder app) =>
        app.MapPost("/admin/signing-keys/rotate", RotateAsync)
            .WithName("RotateSigningKey")
            .WithTags("Signing keys")
            .RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    /// <summary>Lets a new key take over in two minutes. Tokens of the former one stay valid until they expire.</summary>
    private static async Task<Ok<NextKey>> RotateAsync(SigningKeyStore keys, CancellationToken cancellationToken)
    {
        var next = await keys.RotateAsync(cancellationToken);
        return TypedResults.Ok(new NextKey(next.Kid, next.NotBefore));
    }
}
