namespace ShopFlow.ServiceDefaults.Database;

internal interface IDatabaseMigration
{
    /// <summary>Brings the database to the newest migration; does nothing when it is there.</summary>
    Task MigrateAsync(CancellationToken cancellationToken);
}
