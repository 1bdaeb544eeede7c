using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Placing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Promotions;

/// <summary>Saves what was changed; what the database refuses is told of the field that it is about.</summary>
internal sealed class PromotionSaving(OrdersDbContext db, CurrentPromotions current)
{
    /// <returns>Null when it is saved, and holds in this replica.</returns>
    public async Task<ValidationProblem?> SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: PromotionTables.CodeIndex })
        {
            return Problems.Invalid("code", "is another promotion's");
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: OrdersDbContext.PlacedRequestsKey })
        {
            return Problems.Invalid(IdempotencyKey.Header, "belongs to another request");
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: PromotionTables.TotalLimit })
        {
            return Problems.Invalid("limitTotal", "must be at least what is redeemed");
        }

        await current.LoadAsync(cancellationToken);
        return null;
    }
}
