using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;
using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Auth.Audit;

/// <summary>Keeps what the services tell of administrators' actions, in whatever order it comes.</summary>
internal sealed class StoreAdminActions(AuthDbContext db) : IEventHandler<AdminActionRecorded>
{
    public Task HandleAsync(AdminActionRecorded e, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO admin_actions AS known (id, at, actor_id, actor_name, service, operation, request, objects, status, detail, correlation_id)
        VALUES (
            {e.ActionId}, {e.OccurredAt}, {e.ActorId}, {e.ActorName}, {e.Service}, {e.Operation}, {e.Request}, {e.Objects.ToArray()},
            {e.Status}, {e.Detail}, {e.CorrelationId})
        ON CONFLICT (id) DO UPDATE SET status = excluded.status, detail = excluded.detail, objects = excluded.objects
        WHERE known.status IS NULL AND excluded.status IS NOT NULL
        """,
        cancellationToken);
}
