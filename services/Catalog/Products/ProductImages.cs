namespace ShopFlow.Catalog.Products;

internal static class ProductImages
{
    public static string UrlOf(Guid productId) => $"/images/{productId:D}.svg";
}
