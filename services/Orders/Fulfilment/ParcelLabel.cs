using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Fulfilment;

internal static class ParcelLabel
{
    public static Validator Check(string? carrier, string? trackingNumber)
    {
        var validator = new Validator();
        validator.Check(carrier is null || Texts.IsLine(carrier, 100), "carrier", "must have 1 to 100 characters");
        validator.Check(trackingNumber is null || Texts.IsLine(trackingNumber, 100), "trackingNumber", "must have 1 to 100 characters");
        return validator;
    }
}
