using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Placing;

/// <summary>Turns what was asked for into priced lines, one a SKU.</summary>
internal sealed class OrderPricing(CatalogPrices catalog)
{
    /// <summary>The lines; what can't be sold is noted in <paramref name="validator"/> under the item that asked for it.</summary>
    public async Task<List<OrderedItem>> PriceAsync(PlaceOrderRequest request, Validator validator, CancellationToken cancellationToken)
    {
        var items = request.Items!.Select(item => item!).ToList();
        var bySku = AskAsync(items.Select(item => item.Sku), skus => new(skus, null, request.Currency!), cancellationToken);
        var byProduct = AskAsync(items.Select(item => Canonical(item.ProductId)), ids => new(null, ids, request.Currency!), cancellationToken);

        // Asked apart: an answer to both wouldn't say which variant is a product's first.
        await Task.WhenAll(bySku, byProduct);
        var variants = (await bySku).ToDictionary(variant => variant.Sku);
        var firstVariants = (await byProduct).ToDictionary(variant => variant.ProductId);

        var lines = new List<OrderedItem>();
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            var found = item.Sku is not null
                ? variants.GetValueOrDefault(item.Sku)
                : firstVariants.GetValueOrDefault(Canonical(item.ProductId)!);

            if (found is null)
                validator.Add(FieldOf(item, index), $"is not for sale in {request.Currency}");
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

    private static void AddTo(List<OrderedItem> lines, VariantPrice variant, int quantity, int index, Validator validator)
    {
        var line = lines.FindIndex(existing => existing.Sku == variant.Sku);
        var together = quantity + (line < 0 ? 0 : lines[line].Quantity);
        if (!validator.Check(together <= OrderRules.MostOfOneSku, OrderRules.QuantityOf(index), $"makes more than {OrderRules.MostOfOneSku} of {variant.Sku}"))
            return;

        var merged = new OrderedItem
        {
            Position = line < 0 ? lines.Count : line,
            Sku = variant.Sku,
            ProductId = variant.ProductId,
            Name = variant.Name,
            Quantity = together,
            UnitPrice = variant.Price,
        };
        if (line < 0)
            lines.Add(merged);
        else
            lines[line] = merged;
    }

    private static string FieldOf(RequestedItem item, int index) => item.Sku is not null ? $"items[{index}].sku" : $"items[{index}].productId";

    private static string? Canonical(string? productId) => Guid.TryParse(productId, out var id) ? id.ToString("D") : productId;
}
