using ShopFlow.Contracts;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Pricing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Placing;

/// <summary>What can be said of a request without asking anybody.</summary>
internal static class OrderRules
{
    public const int MostLines = 100;
    public const int MostOfOneSku = 99;
    public const string WrongQuantity = "must be between 1 and 99";

    private const string UnitedStates = "US";

    public static Validator Check(PlaceOrderRequest request, bool isGuest)
    {
        var validator = new Validator();
        CheckBasket(validator, request.Basket);
        validator.Check(request.PaymentMethod is null || Texts.IsLine(request.PaymentMethod, 64), "paymentMethod", "must have 1 to 64 characters");
        validator.Check(request.UserId is null || Texts.IsLine(request.UserId, 64), "userId", "must have 1 to 64 characters");
        validator.Check(!isGuest || request.Email is not null, "email", "is required of a guest");
        validator.Check(request.Email is null || IsEmail(request.Email), "email", "must be an e-mail address");
        if (request.ShippingAddress is { } address)
            CheckRecipient(validator, address);

        return validator;
    }

    public static void CheckBasket(Validator validator, QuoteRequest request)
    {
        if (request.Items is not null)
            CheckItems(validator, request.Items);

        validator.Check(
            request.Currency is null || Currencies.Contains(request.Currency), "currency", $"must be one of {string.Join(", ", Currencies.Codes)}");
        validator.Check(request.ShippingOption is null || Texts.IsLine(request.ShippingOption, 40), "shippingOption", "must have 1 to 40 characters");
        validator.Check(request.ShippingOption is null || request.ShippingAddress is not null, "shippingAddress", "is required for a shippingOption");
        validator.Check(request.PromotionCode is null || Texts.IsLine(request.PromotionCode, 40), "promotionCode", "must have 1 to 40 characters");
        if (request.ShippingAddress is { } address)
            CheckAddress(validator, address);
    }

    /// <summary>Where a wrong quantity is, once the SKU is known to be ordered more than once.</summary>
    public static string QuantityOf(int index) => $"items[{index}].quantity";

    private static void CheckItems(Validator validator, IReadOnlyList<RequestedItem?> items)
    {
        if (!validator.Check(items is { Count: >= 1 and <= MostLines }, "items", $"must have 1 to {MostLines} entries"))
            return;

        for (var index = 0; index < items.Count; index++)
        {
            if (items[index] is not { } item)
            {
                validator.Add($"items[{index}]", "must not be null");
                continue;
            }

            validator.Check((item.Sku is null) != (item.ProductId is null), $"items[{index}]", "must have either a sku or a productId");
            validator.Check(item.Sku is null || Texts.IsLine(item.Sku, 40), $"items[{index}].sku", "must have 1 to 40 characters");
            validator.Check(item.ProductId is null || Guid.TryParse(item.ProductId, out _), $"items[{index}].productId", "must be the id of a product");
            validator.Check(item.Quantity is >= 1 and <= MostOfOneSku, QuantityOf(index), WrongQuantity);
        }
    }

    // What a tax and a tariff depend on; a quote needs no more.
    private static void CheckAddress(Validator validator, ShippingAddress address)
    {
        CheckText(address.Name, "name");
        CheckText(address.Line1, "line1");
        CheckText(address.Line2, "line2");
        CheckText(address.City, "city");
        CheckText(address.PostalCode, "postalCode");
        validator.Check(
            address.Country is { Length: 2 } && address.Country.All(char.IsAsciiLetterUpper),
            "shippingAddress.country",
            "must be two capital letters (ISO 3166-1)");
        validator.Check(
            address.Region is null ? address.Country is not UnitedStates : IsRegion(address.Region),
            "shippingAddress.region",
            "must be the letters and digits after the hyphen of ISO 3166-2; the United States need a state");

        void CheckText(string? text, string field) =>
            validator.Check(text is null or "" || Texts.IsLine(text, 200), $"shippingAddress.{field}", "must be one line of at most 200 characters");
    }

    private static void CheckRecipient(Validator validator, ShippingAddress address)
    {
        CheckPresent(address.Name, "name");
        CheckPresent(address.Line1, "line1");
        CheckPresent(address.City, "city");

        void CheckPresent(string? text, string field) =>
            validator.Check(!string.IsNullOrWhiteSpace(text), $"shippingAddress.{field}", "is required");
    }

    private static bool IsRegion(string region) =>
        region is { Length: >= 1 and <= 3 } && region.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character));

    // One @ with something on both sides; whether mail arrives is known only when it does.
    private static bool IsEmail(string email) =>
        email.Length <= 254 && email.IndexOf('@') is > 0 and var at && at == email.LastIndexOf('@') && at < email.Length - 1
        && !email.Any(char.IsWhiteSpace) && !email.Any(char.IsControl);
}
