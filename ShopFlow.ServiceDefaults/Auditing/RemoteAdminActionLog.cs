using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ShopFlow.ServiceDefaults.Auditing;

/// <summary>Has auth write it down, in the name of the administrator. While auth is away nothing is done.</summary>
internal sealed class RemoteAdminActionLog(IHttpClientFactory clients) : IAdminActionLog
{
    public const string ClientName = "audit";

    public Task BeginAsync(AdminAction action, HttpContext context, CancellationToken cancellationToken) =>
        SendAsync(new(action), context, cancellationToken);

    public Task EndAsync(AdminAction action, AdminActionOutcome outcome, HttpContext context, CancellationToken cancellationToken) =>
        SendAsync(new(action, outcome), context, cancellationToken);

    // A PUT may be repeated, and is.
    private async Task SendAsync(AdminActionReport report, HttpContext context, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/internal/admin-actions/{report.Action.Id}")
        {
            Content = JsonContent.Create(report, AuditJson.Default.AdminActionReport),
        };
        request.Headers.TryAddWithoutValidation(HeaderNames.Authorization, context.Request.Headers.Authorization.ToString());

        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
