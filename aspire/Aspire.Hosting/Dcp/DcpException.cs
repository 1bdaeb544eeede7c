using System.Net;
using System.Text.Json;

namespace Aspire.Hosting.Dcp;

/// <summary>DCP has refused a request.</summary>
internal sealed class DcpException(HttpStatusCode status, string body)
    : DistributedApplicationException($"The orchestrator answered {(int)status}: {Reason(body)}")
{
    public HttpStatusCode Status => status;

    private static string Reason(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("message").GetString() ?? body;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return body;
        }
    }
}
