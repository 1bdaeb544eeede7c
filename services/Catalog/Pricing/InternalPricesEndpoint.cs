using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Catalog.Data;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Pricing;

/// <summary>Prices for an order that is being placed: read from the database, never from a cache. Not reachable through the gateway.</summary>
internal static class InternalPricesEndpoint
{
    private const int MostEntries = 50;

    public static void MapInternalPrices(this IEndpointRouteBuilder app) =>
        app.MapPost("/internal/prices", AnswerAsync).ExcludeFromDescription();

    private static async Task<Results<Ok<PriceAnswer>, ValidationProblem>> AnswerAsync(
        PriceQuestion question, CatalogDbContext db, CancellationToken cancellationToken)
    {
        if (Check(question) is { } invalid)
            return invalid;

        var skus = question.Skus ?? [];
        var productIds = (question.ProductIds ?? []).Select(id => Guid.TryParse(id, out var known) ? known : Guid.Empty).ToList();

        // Indexes: pk_variants or ix_variants_product_id, pk_products, pk_prices.
        var rows = await (
            from variant in db.Variants
            where skus.Contains(variant.Sku) || (productIds.Contains(variant.ProductId) && variant.Position == 0)
            join product in db.Products.Where(product => product.Status == ProductStatus.Active) on variant.ProductId equals product.Id
            join price in db.Prices.Where(price => price.Currency == question.Currency) on variant.Sku equals price.Sku
            select new { variant.Sku, product.Id, product.Name, variant.OptionValues, price.Amount })
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(new PriceAnswer(
            [.. rows.Select(row => new VariantPrice(row.Sku, row.Id.ToString("D"), NameOf(row.Name, row.OptionValues), row.Amount, question.Currency!))]));
    }

    private static ValidationProblem? Check(PriceQuestion question)
    {
        var validator = new Validator();
        validator.Check(Currencies.Contains(question.Currency), "currency", $"must be one of {string.Join(", ", Currencies.Codes)}");

        var entries = (question.Skus?.Count ?? 0) + (question.ProductIds?.Count ?? 0);
        validator.Check(entries is >= 1 and <= MostEntries, "skus", $"must be 1 to {MostEntries} together with productIds");
        validator.Check(question.Skus?.All(sku => sku is { Length: <= 40 } && !sku.Contains('\0')) ?? true, "skus", "must be SKUs");
        return validator.Problem;
    }

    /// <summary>As an order line shows it: "Oxford Shirt, White / M".</summary>
    private static string NameOf(string product, string[] optionValues) =>
        optionValues is [] ? product : $"{product}, {Variant.NameOf(optionValues)}";
}
