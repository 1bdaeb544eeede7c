using Microsoft.AspNetCore.Mvc;
using ShopFlow.Auth.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.Audit;

/// <summary>What of the log to show. Without a filter it is all of it.</summary>
internal sealed record AuditQuery(
    [FromQuery(Name = "actor")] string? Actor = null,
    [FromQuery(Name = "service")] string? Service = null,
    [FromQuery(Name = "operation")] string? Operation = null,
    [FromQuery(Name = "object")] string? Object = null,
    [FromQuery(Name = "from")] DateTimeOffset? From = null,
    [FromQuery(Name = "to")] DateTimeOffset? To = null)
{
    private const int Longest = 100;

    public void Check(Validator validator)
    {
        foreach (var (name, value) in ((string, string?)[])[("actor", Actor), ("service", Service), ("operation", Operation), ("object", Object)])
        {
            validator.Check(value is null || Texts.IsLine(value, Longest), name, $"must have 1 to {Longest} characters and no control characters");
        }
    }

    // ix_admin_actions_actor_id_id, ix_admin_actions_objects, and pk_admin_actions for the time.
    public IQueryable<AdminActionEntry> Apply(IQueryable<AdminActionEntry> actions)
    {
        if (Actor is not null)
            actions = actions.Where(action => action.ActorId == Actor || action.ActorName == Actor);
        if (Service is not null)
            actions = actions.Where(action => action.Service == Service);
        if (Operation is not null)
            actions = actions.Where(action => action.Operation == Operation);
        if (Object is not null)
            actions = actions.Where(action => action.Objects.Contains(Object));
        if (From is { } from)
            actions = actions.Where(action => action.Id.CompareTo(TimeOrderedId.FirstAt(from)) >= 0);
        if (To is { } to)
            actions = actions.Where(action => action.Id.CompareTo(TimeOrderedId.FirstAt(to)) < 0);
        return actions;
    }
}
