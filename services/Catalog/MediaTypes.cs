namespace ShopFlow.Catalog;

internal static class MediaTypes
{
    public const string Json = "application/json; charset=utf-8";
    public const string Svg = "image/svg+xml; charset=utf-8";
}
