using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aspire.Hosting.Dcp.Model;

internal static class DcpApi
{
    public const string GroupVersion = "usvc-dev.developer.microsoft.com/v1";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
