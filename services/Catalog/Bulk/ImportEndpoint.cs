using Microsoft.AspNetCore.Mvc;
using Npgsql;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Bulk;

/// <summary>Takes files of products. A file is read as it arrives; nothing of it is kept unless all of it is right.</summary>
internal static class ImportEndpoint
{
    public const long LargestFile = 128 * 1024 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static void MapImport(this IEndpointRouteBuilder admin) =>
        admin.MapPost("/import", ImportAsync)
            .WithName("ImportProducts")
            .WithMetadata(new RequestSizeLimitAttribute(LargestFile))
            .Accepts<BulkProduct>("application/x-ndjson", "text/csv")
            .Produces<ImportResult>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .DisableRequestTimeout();

    private static async Task<IResult> ImportAsync(
        HttpContext context, ProductImport import, CancellationToken cancellationToken, bool dryRun = false)
    {
        if (BulkFormats.ByContentType(context.Request.ContentType) is not { } format)
            return Problems.Create(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", $"Send {BulkFormats.MediaTypes}, in UTF-8.");

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            return await ImportFileAsync(context, import, format, dryRun, limit.Token);
        }
        catch (PostgresException exception) when (IsConflict(exception.SqlState))
        {
            return Problems.Conflict(
                "changed-meanwhile", "Someone else changed the same products or categories meanwhile. Nothing was imported; try again.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Problems.Create(
                StatusCodes.Status408RequestTimeout, "request-timeout", $"An import may take {Limit.TotalMinutes:0} minutes. Nothing was imported.");
        }
    }

    private static async Task<IResult> ImportFileAsync(
        HttpContext context, ProductImport import, IBulkFormat format, bool dryRun, CancellationToken cancellationToken)
    {
        if (await import.StageAsync(context.Request.Body, format, cancellationToken) is not var (transaction, rows))
            return Problems.Conflict("import-running", "Another import is running. Try again when it is done.");

        await using var ending = transaction;
        if (rows == 0)
            return Problems.BadRequest("import-empty", "The file has no products.");

        if (await import.CountErrorsAsync(cancellationToken) is > 0 and var badRows)
        {
            await ImportRefused.WriteAsync(context, badRows, import.ErrorsAsync());
            return Results.Empty;
        }

        var (result, made) = await import.ApplyAsync(rows, dryRun, cancellationToken);
        if (dryRun || made is null)
            return TypedResults.Ok(result);

        await transaction.CommitAsync(cancellationToken);
        await import.CommittedAsync(made.Value, result, cancellationToken);
        return TypedResults.Ok(result);
    }

    // Class 23 is a broken constraint; the others are a deadlock and a serialization failure.
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static bool IsConflict(string state) =>
        state.StartsWith("23", StringComparison.Ordinal) || state is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
