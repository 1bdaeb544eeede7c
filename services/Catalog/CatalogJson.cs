using System.Text.Json;
using System.Text.Json.Serialization;
using ShopFlow.Catalog.Bulk;
using ShopFlow.Catalog.Categories;
using ShopFlow.Catalog.Editing;
using ShopFlow.Catalog.Feed;
using ShopFlow.Catalog.Pricing;
using ShopFlow.Catalog.Products;
using ShopFlow.Catalog.Seeding;

namespace ShopFlow.Catalog;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ProductList))]
[JsonSerializable(typeof(ProductDetail))]
[JsonSerializable(typeof(CategoryList))]
[JsonSerializable(typeof(CategoryForm))]
[JsonSerializable(typeof(EditedCategory))]
[JsonSerializable(typeof(ProductForm))]
[JsonSerializable(typeof(AdminProduct))]
[JsonSerializable(typeof(AdminProductList))]
[JsonSerializable(typeof(EditedProduct))]
[JsonSerializable(typeof(BulkProduct))]
[JsonSerializable(typeof(ImportResult))]
[JsonSerializable(typeof(PriceQuestion))]
[JsonSerializable(typeof(PriceAnswer))]
[JsonSerializable(typeof(InternalProductsEndpoint.Question))]
[JsonSerializable(typeof(InternalProductsEndpoint.Answer))]
[JsonSerializable(typeof(FeedQuestion))]
[JsonSerializable(typeof(FeedPage))]
[JsonSerializable(typeof(SeedFile))]
internal sealed partial class CatalogJson : JsonSerializerContext;
