using ShopFlow.Contracts;
using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Placing;

/// <summary>What can be said of a request without asking anybody.</summary>
internal static class OrderRules
{
    public const int MostLines = 50;
    public const int MostOfOneSku = 99;

    private const string WrongQuantity = "must be between 1 and 99";

    public static Validator Check(PlaceOrderRequest request)
    {
        var validator = new Validator();
        CheckItems(validator, request.Items);
        validator.Check(Currencies.Contains(request.Currency), "currency", $"must be one of {string.Join(", ", Currencies.Codes)}");
        validator.Check(request.PaymentMethod is { Length: >= 1 and <= 64 }, "paymentMethod", "must have 1 to 64 characters");
        validator.Check(request.Email is null || IsEmail(request.Email), "email", "must be an e-mail address");
        if (request.ShippingAddress is { } address)
            CheckAddress(validator, address);

        return validator;
    }

    /// <summary>Where a wrong quantity is, once the SKU is known to be ordered more than once.</summary>
    public static string QuantityOf(int index) => $"items[{index}].quantity";

    private static void CheckItems(Validator validator, IReadOnlyList<RequestedItem?>? items)
    {
        if (!validator.Check(items is { Count: >= 1 and <= MostLines }, "items", $"must have 1 to {MostLines} entries"))
            return;

        for (var index = 0; index < items!.Count; index++)
        {
            if (items[index] is not { } item)
            {
                validator.Add($"items[{index}]", "must not be null");
                continue;
            }

            validator.Check((item.Sku is null) != (item.ProductId is null), $"items[{index}]", "must have either a sku or a productId");
            validator.Check(item.Sku is null or { Length: >= 1 and <= 64 }, $"items[{index}].sku", "must have 1 to 64 characters");
            validator.Check(item.ProductId is null || Guid.TryParse(item.ProductId, out _), $"items[{index}].productId", "must be the id of a product");
            validator.Check(item.Quantity is >= 1 and <= MostOfOneSku, QuantityOf(index), WrongQuantity);
        }
    }

    private static void CheckAddress(Validator validator, ShippingAddress address)
    {
        CheckText(address.Name, "name");
        CheckText(address.Line1, "line1");
        CheckText(address.Line2, "line2");
        CheckText(address.City, "city");
        CheckText(address.PostalCode, "postalCode");
        validator.Check(
            address.Country is null || (address.Country.Length == 2 && address.Country.All(char.IsAsciiLetterUpper)),
            "shippingAddress.country",
            "must be two capital letters (ISO 3166-1)");

        void CheckText(string? text, string field) =>
            validator.Check(text is null or { Length: <= 200 } && !(text?.Contains('\0') ?? false), $"shippingAddress.{field}", "must have at most 200 characters");
    }

    // One @ with something on both sides; whether mail arrives is known only when it does.
    private static bool IsEmail(string email) =>
        email.Length <= 254 && email.IndexOf('@') is > 0 and var at && at == email.LastIndexOf('@') && at < email.Length - 1
        && !email.Any(char.IsWhiteSpace) && !email.Any(char.IsControl);
}
