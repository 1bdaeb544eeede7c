using ShopFlow.Orders.Placing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Pricing;

/// <summary>Turns what was asked for into priced lines, one a SKU.</summary>
internal sealed class BasketPricing(CatalogPrices catalog)
{
    /// <summary>The lines; what can't be sold is noted in <paramref name="validator"/> under the item that asked for it.</summary>
    public async Task<List<PricedItem>> PriceAsync(
        IReadOnlyList<RequestedItem> items, string currency, Validator validator, CancellationToken cancellationToken)
    {
        var bySku = AskAsync(items.Select(item => item.Sku), skus => new(skus, null, currency), cancellationToken);
        var byProduct = AskAsync(items.Select(item => Canonical(item.ProductId)), ids => new(null, ids, currency), cancellationToken);

        // Asked apart: an answer to both wouldn't say which variant is a product's first.
        await Task.WhenAll(bySku, byProduct);
        var variants = (await bySku).ToDictionary(variant => variant.Sku);
        var firstVariants = (await byProduct).ToDictionary(variant => variant.ProductId);

        var lines = new List<PricedItem>();
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            var found = item.Sku is not null
                ? variants.GetValueOrDefault(item.Sku)
                : firstVariants.GetValueOrDefault(Canonical(item.ProductId)!);

            if (found is null)
                validator.Add(FieldOf(item, index), $"is not for sale in {currency}");
            else
                AddTo(lines, found, item.Quantity!.Value, index, validator);
        }

        return lines;
    }

    private async Task<IReadOnlyList<VariantPrice>> AskAsync(
        IEnumerable<string?> names, Func<IReadOnlyList<string>, PriceQuestion> question, CancellationToken cancellationToken)
    {
        var distinct = names.OfType<string>().Distinct().ToList();
        return distinct is [] ? [] : await catalog.GetAsync(question(distinct), cancellationToken);
    }

    private static void AddTo(List<PricedItem> lines, VariantPrice variant, int quantity, int index, Validator validator)
    {
        var known = lines.FindIndex(line => line.Variant.Sku == variant.Sku);
        var together = quantity + (known < 0 ? 0 : lines[known].Quantity);
        if (!validator.Check(together <= OrderRules.MostOfOneSku, OrderRules.QuantityOf(index), $"makes more than {OrderRules.MostOfOneSku} of {variant.Sku}"))
            return;

        if (known < 0)
            lines.Add(new(variant, together));
        else
            lines[known] = new(variant, together);
    }

    private static string FieldOf(RequestedItem item, int index) => item.Sku is not null ? $"items[{index}].sku" : $"items[{index}].productId";

    private static string? Canonical(string? productId) => Guid.TryParse(productId, out var id) ? id.ToString("D") : productId;
}
