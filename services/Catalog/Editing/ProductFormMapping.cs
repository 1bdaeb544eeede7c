using ShopFlow.Catalog.Data;
using ShopFlow.Contracts;

namespace ShopFlow.Catalog.Editing;

/// <summary>Turns a checked form into entities.</summary>
internal static class ProductFormMapping
{
    public static Product ToProduct(this ProductForm form, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Slug = form.Slug!,
        Name = form.Name!,
        Brand = form.Brand!,
        Description = form.Description!,
        CategorySlug = form.Category!,
        TaxClass = form.TaxClass!,
        Options = [.. form.Options ?? []],
        UpdatedAt = now,
        Variants = [.. form.Variants!.Select(form.ToVariant)],
    };

    /// <summary>Variants keep their row when their SKU stays; the ones that the form leaves out are deleted.</summary>
    public static void ApplyTo(this ProductForm form, Product product, DateTimeOffset now)
    {
        product.Slug = form.Slug!;
        product.Name = form.Name!;
        product.Brand = form.Brand!;
        product.Description = form.Description!;
        product.CategorySlug = form.Category!;
        product.TaxClass = form.TaxClass!;
        product.Options = [.. form.Options ?? []];
        product.ChangedAt(now);

        var wanted = form.Variants!.Select(form.ToVariant).ToDictionary(variant => variant.Sku);
        product.Variants.RemoveAll(variant => !wanted.ContainsKey(variant.Sku));

        foreach (var present in product.Variants)
        {
            if (wanted.Remove(present.Sku, out var changed))
                Update(present, changed);
        }

        product.Variants.AddRange(wanted.Values);
    }

    private static Variant ToVariant(this ProductForm form, VariantForm variant, int position) => new()
    {
        Sku = variant.Sku!,
        Position = position,
        OptionValues = [.. (form.Options ?? []).Select(option => variant.Options![option])],
        OptionPairs = Variant.PairsOf(form.Options ?? [], (form.Options ?? []).Select(option => variant.Options![option])),
        WeightGrams = variant.Weight!.Value,
        Prices = [.. variant.Prices!.Select(ToPrice)],
    };

    private static Price ToPrice(PriceForm price) => new()
    {
        Currency = price.Currency!,
        Amount = Money.FromDecimal(price.Amount!.Value, price.Currency!).MinorUnits,
    };

    private static void Update(Variant present, Variant changed)
    {
        present.Position = changed.Position;
        present.OptionValues = changed.OptionValues;
        present.OptionPairs = changed.OptionPairs;
        present.WeightGrams = changed.WeightGrams;

        foreach (var price in changed.Prices)
            present.Prices.Single(known => known.Currency == price.Currency).Amount = price.Amount;
    }
}
