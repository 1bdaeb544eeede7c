using System.Globalization;

namespace ShopFlow.Catalog.Caching;

/// <summary>
/// A state of the catalogue: <c>Number</c> grows with every change, <c>Products</c> is the generation of the last change to
/// anything but stock levels.
/// </summary>
internal readonly record struct Generation(long Number, long Products)
{
    public long Of(Dependence dependence) => dependence == Dependence.Products ? Products : Number;

    /// <summary>From the payload of a notification: both numbers, with a space between.</summary>
    public static bool TryParse(string payload, out Generation generation)
    {
        long number = 0, products = 0;
        var isOne = payload.Split(' ') is [var first, var second]
            && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out products);

        generation = new(number, products);
        return isOne;
    }
}
