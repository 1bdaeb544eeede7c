using System.Globalization;

namespace ShopFlow.Catalog.Editing;

/// <summary>The version that an editor has seen, from If-Match: the number before the hyphen of a product's ETag.</summary>
internal static class ProductVersion
{
    /// <summary>PostgreSQL gives this number to no row.</summary>
    private const uint None = 0;

    /// <summary>False when the header is absent. An ETag that isn't a product's is a version that no product has.</summary>
    public static bool TryRead(HttpRequest request, out uint version)
    {
        version = request.Headers.IfMatch is [{ } eTag]
            && eTag.Trim('"').Split('-') is [var number, ..]
            && uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
                ? seen
                : None;
        return request.Headers.IfMatch.Count > 0;
    }
}
