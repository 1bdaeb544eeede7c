using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Notifications.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Notifications.Preferences;

/// <summary>What the caller wants to be told, and how.</summary>
internal static class PreferencesApi
{
    public static readonly IReadOnlyList<NotificationType> Types = Enum.GetValues<NotificationType>();

    public static void MapPreferences(this IEndpointRouteBuilder notifications)
    {
        notifications.MapGet("/preferences", GetAsync).WithName("GetNotificationPreferences");
        notifications.MapPut("/preferences", ChangeAsync).WithName("ChangeNotificationPreferences");
    }

    private static async Task<Ok<PreferenceList>> GetAsync(CurrentUser caller, NotificationsDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ReadAsync(caller, db, cancellationToken));

    private static async Task<Results<Ok<PreferenceList>, ValidationProblem>> ChangeAsync(
        PreferencesRequest request, CurrentUser caller, NotificationsDbContext db, CancellationToken cancellationToken)
    {
        var validator = new Validator();
        request.Check(validator);
        if (validator.Problem is { } invalid)
            return invalid;

        var changes = request.Switches().ToList();

        // pk_opt_outs, in one statement, so that two calls don't mix.
        await db.Database.ExecuteSqlAsync($"""
            with change as (
                select * from unnest(
                    {changes.Select(change => change.Channel.ToString()).ToArray()},
                    {changes.Select(change => change.Type).ToArray()},
                    {changes.Select(change => change.IsOn).ToArray()}) as change (channel, type, is_on)
            ), switched_on as (
                delete from opt_outs o using change c
                where o.user_id = {caller.Id} and o.channel = c.channel and o.type = c.type and c.is_on
            )
            insert into opt_outs (user_id, channel, type)
            select {caller.Id}, channel, type from change where not is_on order by channel, type
            on conflict do nothing
            """, cancellationToken);
        return TypedResults.Ok(await ReadAsync(caller, db, cancellationToken));
    }

    private static async Task<PreferenceList> ReadAsync(CurrentUser caller, NotificationsDbContext db, CancellationToken cancellationToken)
    {
        var optOuts = await db.OptOuts
            .Where(optOut => optOut.UserId == caller.Id)
            .Select(optOut => new { optOut.Channel, optOut.Type })
            .ToListAsync(cancellationToken);
        return new([.. Types.Select(type => new Preference(type, IsOn(Channel.InApp, type), IsOn(Channel.Email, type)))]);

        bool IsOn(Channel channel, NotificationType type) => !optOuts.Exists(optOut => optOut.Channel == channel && optOut.Type == type);
    }
}
