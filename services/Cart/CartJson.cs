using System.Text.Json;
using System.Text.Json.Serialization;
using ShopFlow.Cart.Editing;
using ShopFlow.Cart.Prices;
using ShopFlow.Cart.Reading;
using ShopFlow.Cart.Storage;

namespace ShopFlow.Cart;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CartView))]
[JsonSerializable(typeof(InternalCart))]
[JsonSerializable(typeof(AddItemRequest))]
[JsonSerializable(typeof(SetQuantityRequest))]
[JsonSerializable(typeof(ChooseCurrencyRequest))]
[JsonSerializable(typeof(OfferQuestion))]
[JsonSerializable(typeof(OfferAnswer))]
[JsonSerializable(typeof(SeenOffer))]
internal sealed partial class CartJson : JsonSerializerContext;
