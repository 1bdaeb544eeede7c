using Microsoft.AspNetCore.Http;

namespace ShopFlow.ServiceDefaults;

/// <summary>
/// Writes down what administrators do, before and after they do it: an action whose end was never told is in the log with an unknown outcome.
/// A service with a database keeps it in its outbox; the others ask auth.
/// </summary>
public interface IAdminActionLog
{
    /// <summary>Once it returns, the action will be in the log. If it throws, the action must not be done.</summary>
    Task BeginAsync(AdminAction action, HttpContext context, CancellationToken cancellationToken);

    /// <summary>Adds the outcome; what was refused is forgotten.</summary>
    Task EndAsync(AdminAction action, AdminActionOutcome outcome, HttpContext context, CancellationToken cancellationToken);
}
