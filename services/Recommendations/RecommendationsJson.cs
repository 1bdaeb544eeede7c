using System.Text.Json;
using System.Text.Json.Serialization;
using ShopFlow.Recommendations.Catalogue;
using ShopFlow.Recommendations.Counting;
using ShopFlow.Recommendations.Reading;

namespace ShopFlow.Recommendations;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RecommendationsOfProduct))]
[JsonSerializable(typeof(PopularProducts))]
[JsonSerializable(typeof(RebuildResult))]
[JsonSerializable(typeof(ProductQuestion))]
[JsonSerializable(typeof(ProductAnswer))]
[JsonSerializable(typeof(CategoryAnswer))]
internal sealed partial class RecommendationsJson : JsonSerializerContext;
