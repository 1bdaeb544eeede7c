using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using NpgsqlTypes;
using ShopFlow.Catalog.Data;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Products;

/// <summary>Active products by their ids, for services that follow the catalogue. Not reachable through the gateway.</summary>
internal static class InternalProductsEndpoint
{
    private const int MostProducts = 200;

    // Indexes: pk_products, ix_variants_product_id, pk_prices, pk_stock_levels.
    private const string Statement = """
        SELECT p.id, p.name, p.category_slug, v.sku, v.option_values, r.amount, coalesce(s.available, 0)
        FROM products p
        JOIN variants v ON v.product_id = p.id
        LEFT JOIN prices r ON r.sku = v.sku AND r.currency = @currency
        LEFT JOIN stock_levels s ON s.sku = v.sku
        WHERE p.id = ANY(@ids) AND p.status = 0
        ORDER BY p.id, v.position
        """;

    internal sealed record Question(IReadOnlyList<Guid>? ProductIds, string? Currency);

    /// <summary>Whatever is archived or unknown is left out.</summary>
    internal sealed record Answer(IReadOnlyList<InternalProduct> Products);

    /// <summary>Prices are in major units, null where there is none in the currency; <c>Price</c> is the lowest of the variants'.</summary>
    internal sealed record InternalProduct(
        Guid Id, string Name, string Category, decimal? Price, string Currency, string ImageUrl, IReadOnlyList<InternalVariant> Variants);

    internal sealed record InternalVariant(string Sku, string Name, decimal? Price, int Available);

    public static void MapInternalProducts(this IEndpointRouteBuilder app) =>
        app.MapPost("/internal/products", AnswerAsync).ExcludeFromDescription();

    private static async Task<Results<Ok<Answer>, ValidationProblem>> AnswerAsync(
        Question question, CatalogDbContext db, CancellationToken cancellationToken)
    {
        var validator = new Validator();
        validator.Check(Currencies.TryRead(question.Currency, out var currency), "currency", Currencies.Requirement);
        validator.Check(question.ProductIds is { Count: >= 1 and <= MostProducts }, "productIds", $"must be 1 to {MostProducts}");
        if (validator.Problem is { } invalid)
            return invalid;

        NpgsqlParameter[] parameters = [new("ids", question.ProductIds!.ToArray()), new("currency", NpgsqlDbType.Char) { Value = currency }];
        var rows = await db.QueryAsync(Statement, parameters, Read, cancellationToken);
        return TypedResults.Ok(new Answer([.. rows.GroupBy(row => row.Id).Select(variants => Describe([.. variants], currency))]));
    }

    private static Row Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetFieldValue<string[]>(4),
        row.IsDBNull(5) ? null : row.GetInt64(5),
        row.GetInt32(6));

    private static InternalProduct Describe(List<Row> variants, string currency)
    {
        return new(
            variants[0].Id,
            variants[0].Name,
            variants[0].Category,
            PriceOf(variants.Min(row => row.Amount)),
            currency,
            ProductImages.UrlOf(variants[0].Id),
            [.. variants.Select(row => new InternalVariant(row.Sku, Variant.NameOf(row.OptionValues), PriceOf(row.Amount), row.Available))]);

        decimal? PriceOf(long? amount) => amount is { } known ? new Money(known, currency).ToDecimal() : null;
    }

    private sealed record Row(Guid Id, string Name, string Category, string Sku, string[] OptionValues, long? Amount, int Available);
}
