using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Pricing;

/// <summary>GET and PUT /admin/rates: the whole sheet at once. Its version is its ETag; a change names in If-Match the one it was made from.</summary>
internal static class RatesApi
{
    public static async Task<Ok<RateSheet>> GetAsync(CurrentRates rates, HttpResponse response, CancellationToken cancellationToken)
    {
        var newest = await rates.LoadAsync(cancellationToken);
        SetETag(response, newest.Version);
        return TypedResults.Ok(newest.Sheet);
    }

    public static async Task<Results<Ok<RateSheet>, ValidationProblem, ProblemHttpResult>> PutAsync(
        RateSheet sheet,
        HttpContext context,
        CurrentRates rates,
        CurrentUser caller,
        OrdersDbContext db,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (context.Request.Headers.IfMatch is not [{ } eTag] || !int.TryParse(eTag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seen))
            return Problems.Create(StatusCodes.Status428PreconditionRequired, "if-match-required", "Send the ETag of the rates in If-Match.");

        if (RateSheetRules.Check(sheet).Problem is { } invalid)
            return invalid;

        var newest = await rates.LoadAsync(cancellationToken);
        if (newest.Version != seen)
            return Changed();

        db.Rates.Add(new()
        {
            Version = seen + 1,
            Sheet = JsonSerializer.Serialize(sheet, OrdersJsonContext.Default.RateSheet),
            CreatedAt = time.GetUtcNow(),
            CreatedBy = caller.Id,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Changed();
        }

        rates.Replace(new(seen + 1, sheet));
        SetETag(context.Response, seen + 1);
        return TypedResults.Ok(sheet);
    }

    private static ProblemHttpResult Changed() => Problems.PreconditionFailed("The rates were changed in the meantime. Read them again and repeat the edit.");

    private static void SetETag(HttpResponse response, int version) => response.Headers.ETag = $"\"{version}\"";
}
