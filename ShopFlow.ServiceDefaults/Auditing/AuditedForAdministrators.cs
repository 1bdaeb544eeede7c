namespace ShopFlow.ServiceDefaults.Auditing;

/// <summary>Metadata of an endpoint: see <see cref="AdminAuditExtensions.AuditAdministrators"/>.</summary>
internal sealed class AuditedForAdministrators
{
    public static readonly AuditedForAdministrators Instance = new();
}
