using System.Diagnostics;

namespace Aspire.Hosting;

/// <summary>Lets a test host see an AppHost being built, which is otherwise shut up in its entry point.</summary>
internal static class HostingDiagnostics
{
    public static void Write<T>(string eventName, T payload)
    {
        using var listener = new DiagnosticListener("Aspire.Hosting");

        if (listener.IsEnabled(eventName))
        {
            listener.Write(eventName, payload);
        }
    }
}
