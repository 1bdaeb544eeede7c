namespace ShopFlow.Auth.SigningKeys;

internal static class JwksEndpoint
{
    public static void MapJwks(this IEndpointRouteBuilder app) => app.MapGet("/.well-known/jwks.json", Jwks).WithName("GetJwks").WithTags("Keys");

    private static IResult Jwks(KeyRing keys, HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Bytes(keys.Jwks, "application/json");
    }
}
