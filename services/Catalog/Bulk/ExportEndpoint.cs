using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Catalog.Data;
using ShopFlow.Catalog.Editing;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Bulk;

/// <summary>Sends the whole catalogue, archived products included, as it is at one moment. Importing the file again changes nothing.</summary>
internal static class ExportEndpoint
{
    private const int FlushChars = 32 * 1024;
    private const int LimitSeconds = 600;

    // One statement, so one snapshot. Indexes: ix_products_slug, ix_variants_product_id, pk_prices.
    private const string Products = """
        SELECT p.slug, p.name, p.brand, p.description, p.category_slug, p.tax_class, p.status, p.options,
            v.sku, v.option_values, v.weight_grams, r.currencies, r.amounts
        FROM products p
        JOIN variants v ON v.product_id = p.id
        CROSS JOIN LATERAL (
            SELECT array_agg(currency::text ORDER BY currency) AS currencies, array_agg(amount ORDER BY currency) AS amounts
            FROM prices WHERE sku = v.sku
        ) r
        ORDER BY p.slug, v.position
        """;

    public static void MapExport(this IEndpointRouteBuilder admin) =>
        admin.MapGet("/export", ExportAsync)
            .WithName("ExportProducts")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv", additionalContentTypes: "application/x-ndjson")
            .ProducesValidationProblem()
            .DisableRequestTimeout();

    private static async Task<IResult> ExportAsync(
        HttpContext context, CatalogDbContext db, CancellationToken cancellationToken, string? format = null)
    {
        if (BulkFormats.ByExtension(format ?? "jsonl") is not { } file)
            return Problems.Invalid("format", $"must be {BulkFormats.Extensions}");

        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Products, (NpgsqlConnection)db.Database.GetDbConnection()) { CommandTimeout = LimitSeconds };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);

        context.Response.ContentType = $"{file.MediaType}; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"products.{file.Extension}\"";

        var text = new StringBuilder(file.Start);
        await foreach (var product in ReadAsync(rows))
        {
            file.Append(text, product);
            if (text.Length > FlushChars)
                await SendAsync(context.Response, text, cancellationToken);
        }

        await SendAsync(context.Response, text, cancellationToken);
        return Results.Empty;
    }

    private static async Task SendAsync(HttpResponse response, StringBuilder text, CancellationToken cancellationToken)
    {
        Encoding.UTF8.GetBytes(text.ToString(), response.BodyWriter);
        text.Clear();
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    /// <summary>Gathers the rows of each product.</summary>
    private static async IAsyncEnumerable<BulkProduct> ReadAsync(NpgsqlDataReader rows)
    {
        BulkProduct? product = null;
        var variants = new List<VariantForm>();

        while (await rows.ReadAsync())
        {
            if (product is not null && product.Slug != rows.GetString(0))
            {
                yield return product;
                product = null;
            }

            if (product is null)
            {
                variants = [];
                product = ReadProduct(rows, variants);
            }

            variants.Add(ReadVariant(rows, product.Options!));
        }

        if (product is not null)
            yield return product;
    }

    private static BulkProduct ReadProduct(NpgsqlDataReader row, List<VariantForm> variants) =>
        new(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
            ((ProductStatus)row.GetInt16(6)).ToString(), row.GetFieldValue<string[]>(7), variants);

    private static VariantForm ReadVariant(NpgsqlDataReader row, IReadOnlyList<string> options)
    {
        var values = options.Zip(row.GetFieldValue<string[]>(9)).ToDictionary(option => option.First, option => option.Second);
        var prices = row.GetFieldValue<string[]>(11).Zip(row.GetFieldValue<long[]>(12))
            .Select(price => new PriceForm(new Money(price.Second, price.First).ToDecimal(), price.First));
        return new(row.GetString(8), values, row.GetInt32(10), [.. prices]);
    }
}
