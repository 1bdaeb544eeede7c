using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using ShopFlow.Inventory.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Inventory.Stock;

/// <summary>Sets the available units of a SKU. The difference becomes an adjustment; reserved and sold units stay as they are.</summary>
internal static class AdjustStock
{
    private const int MaxAvailable = 10_000_000;

    // The difference is taken from the locked row, so an order that sells at the same moment is counted once, on one side.
    // Why every figure is written: see ConfirmReservation.
    private const string Statement = """
        with locked as materialized (
            select * from stock where sku = @sku for no key update
        ),
        adjusted as (
            update stock s
            set available = @available,
                reserved = l.reserved,
                sold = l.sold,
                adjusted = l.adjusted + @available - l.available,
                revision = l.revision + 1,
                updated_at = @now
            from locked l
            where s.sku = l.sku
            returning s.sku, s.available, s.reserved, s.sold, @available - l.available as delta
        ),
        history as (
            insert into stock_adjustments (id, sku, delta, available, reason, actor, at)
            select @id, sku, delta, available, @reason, @actor, @now from adjusted
        )
        select sku, available, reserved, sold from adjusted
        """;

    internal sealed record Request(int? Available, string? Reason);

    public static async Task<Results<Ok<StockLevels>, ProblemHttpResult, ValidationProblem>> HandleAsync(
        string sku,
        Request request,
        HttpContext context,
        InventoryDbContext db,
        StockChanges changes,
        CurrentUser user,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var reason = request.Reason?.Trim();
        var validator = new Validator();
        validator.Check(request.Available is >= 0 and <= MaxAvailable, "available", $"must be between 0 and {MaxAvailable}");
        validator.Check(reason is { Length: >= 1 and <= 200 }, "reason", "must have 1 to 200 characters");
        if (validator.Problem is { } problem)
            return problem;

        NpgsqlParameter[] parameters =
        [
            new("id", Guid.CreateVersion7(time.GetUtcNow())),
            new("sku", sku),
            new("available", request.Available!.Value),
            new("reason", reason!),
            new("actor", user.Id),
            new("now", time.GetUtcNow()),
        ];
        var levels = await db.QueryAsync(
            Statement,
            parameters,
            row => new StockLevels(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetInt64(3)),
            cancellationToken);

        changes.Mark([sku]);
        context.NoteForAudit($"{request.Available}: {reason}");
        return levels is [var level] ? TypedResults.Ok(level) : Problems.NotFound($"There is no SKU '{sku}'.");
    }
}
