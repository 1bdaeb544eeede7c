using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using ShopFlow.ServiceDefaults.Auditing;

namespace ShopFlow.ServiceDefaults;

public static class AdminAuditExtensions
{
    private const int LongestNote = 500;

    private static readonly object s_note = new();

    internal static void AddAdminAudit(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpClient(RemoteAdminActionLog.ClientName, client => client.BaseAddress = new Uri("http://auth"));
        builder.Services.TryAddSingleton<IAdminActionLog, RemoteAdminActionLog>();
    }

    /// <summary>Has an operation that customers use for themselves written down when an administrator uses it.</summary>
    public static TBuilder AuditAdministrators<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(AuditedForAdministrators.Instance);

    /// <summary>What the log says of this action beside its object: a reason, a new value, no secret.</summary>
    public static void NoteForAudit(this HttpContext context, string note) =>
        context.Items[s_note] = note.Length <= LongestNote ? note : note[..LongestNote];

    internal static string? AuditNote(this HttpContext context) => context.Items[s_note] as string;
}
