using System.Globalization;

namespace ShopFlow.Catalog.Editing;

/// <summary>The version that an editor has seen, from If-Match: the number before the hyphen of a product's ETag.</summary>
internal static class ProductVersion
{
    /// <summary>False when the header is absent or isn't an ETag of a product.</summary>
    public static bool TryRead(HttpRequest request, out uint version)
    {
        version = 0;
        return request.Headers.IfMatch is [{ } eTag]
            && eTag.Trim('"').Split('-') is [var number, ..]
            && uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }
}
