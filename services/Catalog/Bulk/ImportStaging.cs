using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using ShopFlow.Catalog.Data;
using ShopFlow.Contracts;

namespace ShopFlow.Catalog.Bulk;

/// <summary>Copies what is read from a file into tables of the transaction, so that a file of any length needs little memory here.</summary>
internal sealed class ImportStaging(NpgsqlConnection connection, TimeProvider time)
{
    /// <summary>
    /// A product's variants are a JSON array of [sku, values, grams, prices in minor units, option pairs], as
    /// <see cref="ImportSql.Compare"/> makes it.
    /// </summary>
    public const string CreateTables = """
        CREATE TEMP TABLE staged (
            line int NOT NULL, id uuid NOT NULL, slug text, name text, brand text, description text, category_slug text, tax_class text,
            status smallint, options text[], variants jsonb, variant_lines int[], errors jsonb
        ) ON COMMIT DROP;
        CREATE TEMP TABLE staged_variants (
            line int NOT NULL, product_line int NOT NULL, slug text NOT NULL, position int NOT NULL, sku text NOT NULL, option_values text[] NOT NULL,
            weight_grams int NOT NULL, prices jsonb NOT NULL, option_pairs text[] NOT NULL
        ) ON COMMIT DROP;
        CREATE TEMP TABLE staged_errors (line int NOT NULL, field text NOT NULL, message text NOT NULL) ON COMMIT DROP;
        CREATE TEMP TABLE changed (line int NOT NULL, id uuid NOT NULL, slug text NOT NULL, is_new boolean NOT NULL) ON COMMIT DROP;
        CREATE TEMP TABLE changed_skus (product_id uuid NOT NULL, sku text NOT NULL) ON COMMIT DROP;
        """;

    private const string Copy = """
        COPY staged (line, id, slug, name, brand, description, category_slug, tax_class, status, options, variants, variant_lines, errors)
        FROM STDIN (FORMAT BINARY)
        """;

    /// <returns>The number of rows that the file has.</returns>
    public async Task<int> CopyAsync(IAsyncEnumerable<ImportRow> file, int mostRows, CancellationToken cancellationToken)
    {
        var rows = 0;
        await using var copy = await connection.BeginBinaryImportAsync(Copy, cancellationToken);

        await foreach (var row in file)
        {
            rows += row.Rows;
            if (rows > mostRows)
            {
                var beyond = ImportRow.Wrong(row.Line, "", $"is beyond the {mostRows} rows that a file may have; nothing after it was read");
                await WriteAsync(copy, beyond, cancellationToken);
                break;
            }

            await WriteAsync(copy, row, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
        return rows;
    }

    private async Task WriteAsync(NpgsqlBinaryImporter copy, ImportRow row, CancellationToken cancellationToken)
    {
        var product = row.Errors is [] ? row.Product : null;

        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(row.Line, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(Guid.CreateVersion7(time.GetUtcNow()), NpgsqlDbType.Uuid, cancellationToken);
        await WriteTextAsync(product?.Slug);
        await WriteTextAsync(product?.Name);
        await WriteTextAsync(product?.Brand);
        await WriteTextAsync(product?.Description);
        await WriteTextAsync(product?.Category);
        await WriteTextAsync(product?.TaxClass);

        if (product is null)
        {
            for (var column = 0; column < 4; column++)
                await copy.WriteNullAsync(cancellationToken);

            var errors = new JsonArray([.. row.Errors.Select(error => new JsonArray(error.Line, error.Field.Replace("\0", ""), error.Message))]);
            await copy.WriteAsync(errors.ToJsonString(), NpgsqlDbType.Jsonb, cancellationToken);
            return;
        }

        await copy.WriteAsync((short)ImportRules.StatusOf(product), NpgsqlDbType.Smallint, cancellationToken);
        await copy.WriteAsync((product.Options ?? []).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
        await copy.WriteAsync(VariantsOf(product), NpgsqlDbType.Jsonb, cancellationToken);
        await copy.WriteAsync(row.VariantLines.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteNullAsync(cancellationToken);

        Task WriteTextAsync(string? text) =>
            text is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
    }

    private static string VariantsOf(BulkProduct product)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var variant in product.Variants!)
            {
                var options = product.Options ?? [];
                string[] values = [.. options.Select(option => variant.Options![option])];

                json.WriteStartArray();
                json.WriteStringValue(variant.Sku);
                WriteTexts(json, values);
                json.WriteNumberValue(variant.Weight!.Value);
                json.WriteStartObject();
                foreach (var price in variant.Prices!)
                    json.WriteNumber(price.Currency!, Money.FromDecimal(price.Amount!.Value, price.Currency!).MinorUnits);
                json.WriteEndObject();
                WriteTexts(json, Variant.PairsOf(options, values));
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteTexts(Utf8JsonWriter json, string[] texts)
    {
        json.WriteStartArray();
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
