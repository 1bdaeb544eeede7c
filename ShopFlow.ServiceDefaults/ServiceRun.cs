using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ShopFlow.ServiceDefaults.Database;

namespace ShopFlow.ServiceDefaults;

/// <summary>Runs a service, or its one command.</summary>
public static class ServiceRun
{
    private static readonly TimeSpan s_migrateTimeout = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Runs until the process is told to stop. With the argument <c>migrate</c>, migrates the service's databases and returns.
    /// A start that fails says why in one line and sets the exit code to 1.
    /// </summary>
    public static async Task RunServiceAsync(this WebApplication app)
    {
        try
        {
            if (Environment.GetCommandLineArgs() is [_, "migrate", ..])
                await app.MigrateAsync();
            else
                await app.RunAsync();
        }
        catch (Exception exception)
        {
            // A mistake in the settings is told by its message; the rest needs its stack.
            var cause = exception is OptionsValidationException or IOException ? null : exception;

            app.Logger.LogCritical(cause, "{Service} cannot run: {Reason}", app.Environment.ApplicationName, exception.Message);
            Environment.ExitCode = 1;
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static async Task MigrateAsync(this WebApplication app)
    {
        using var timeout = new CancellationTokenSource(s_migrateTimeout);

        foreach (var migration in app.Services.GetServices<IDatabaseMigration>())
            await migration.MigrateAsync(timeout.Token);
    }
}
