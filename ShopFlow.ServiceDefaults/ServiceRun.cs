using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.ServiceDefaults.Database;

namespace ShopFlow.ServiceDefaults;

/// <summary>Runs a service, or its one command.</summary>
public static class ServiceRun
{
    private static readonly TimeSpan s_migrateTimeout = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Runs until the process is told to stop. With the argument <c>migrate</c>, migrates the service's databases and returns.
    /// A failure ends in one line on the standard error that says why, and in the exit code 1.
    /// </summary>
    public static async Task RunServiceAsync(this WebApplication app)
    {
        var service = app.Environment.ApplicationName;
        var stopping = app.Lifetime.ApplicationStopping;

        try
        {
            if (Environment.GetCommandLineArgs() is [_, "migrate", ..])
                await app.MigrateAsync();
            else
                await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop while it was still starting.
        }
        catch (Exception exception)
        {
            // The host has written the stack to the log, and has closed the log.
            string[] reasons = [exception.Message, exception.GetBaseException().Message];
            await Console.Error.WriteLineAsync($"{service} cannot run: {string.Join(' ', reasons.Distinct()).ReplaceLineEndings(" ")}");
            Environment.ExitCode = 1;
        }
    }

    private static async Task MigrateAsync(this WebApplication app)
    {
        using var timeout = new CancellationTokenSource(s_migrateTimeout);

        await using (app)
            foreach (var migration in app.Services.GetServices<IDatabaseMigration>())
                await migration.MigrateAsync(timeout.Token);
    }
}
