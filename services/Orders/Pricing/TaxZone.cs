using ShopFlow.Contracts;

namespace ShopFlow.Orders.Pricing;

/// <param name="Name">As a shopper reads it: "Germany, VAT".</param>
/// <param name="Places">See <see cref="RateSheet"/>.</param>
/// <param name="PricesIncludeTax">Whether the tax is within the prices, or comes on top of them.</param>
/// <param name="Standard">Percent, for goods of the class "standard".</param>
/// <param name="Reduced">Percent, for goods of the class "reduced". Those of the class "zero" bear none.</param>
/// <param name="Shipping">Percent, on shipping.</param>
internal sealed record TaxZone(
    string Name, IReadOnlyList<string> Places, bool PricesIncludeTax, decimal Standard, decimal Reduced, decimal Shipping)
{
    public TaxRate RateOf(string taxClass) => new(taxClass switch
    {
        "reduced" => Reduced,
        "zero" => 0,
        _ => Standard,
    });

    /// <summary>The tax that an amount bears here: within it, or on top of it.</summary>
    public Money TaxOf(Money amount, TaxRate rate) => PricesIncludeTax ? rate.Within(amount) : rate.On(amount);
}
