using System.Text.Json;
using System.Text.Json.Serialization;
using ShopFlow.Search.Following;
using ShopFlow.Search.Index;
using ShopFlow.Search.Querying;
using ShopFlow.Search.Rebuilding;

namespace ShopFlow.Search;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(SuggestionList))]
[JsonSerializable(typeof(RebuildStatus))]
[JsonSerializable(typeof(CatalogQuestion))]
[JsonSerializable(typeof(CatalogPage))]
[JsonSerializable(typeof(CatalogProduct))]
internal sealed partial class SearchJson : JsonSerializerContext;
